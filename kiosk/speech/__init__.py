"""Everything the station and the board say aloud, and which clip says it.

A clip has a stem, and a list of stems is what pages hand to the browser (`data-say`, `data-clips`,
`data-speak`):

- a plain stem (`home`, `a`, `counter-3`) is a committed clip, `static/audio/<language>/<stem>.mp3`, made once
  by `script/voice`, so that a running station needs no speech engine; `w-<hash>` (`free_stem`) is one that
  says free words, a service's name or a material of the starter catalogue;
- a stem that begins with `@` is a clip of the centre's own, made here by the engine or spoken by staff: it is
  served at `/voice/<stem without @>`, and what is behind such an address never changes;
- `,` (PAUSE) is a short silence.

A screen names its sentence by id, a call is put together from short clips, and `said` finds the clips for
whatever words there are.
"""

from kiosk.speech.actions import (
    Take,
    drop_recording,
    forget_recordings,
    put_back,
    set_reading,
    set_recording,
)
from kiosk.speech.clips import (
    FREE,
    catalogue,
    clip_of,
    free_stem,
    in_own_voice,
    is_said,
    said,
    screen_clips,
)
from kiosk.speech.making import Engine, Maker, call_clip, find_engine, noted_labels, spelt
from kiosk.speech.numbers import (
    GROUP,
    LAST_COUNTER,
    PAUSE,
    SIGN,
    WHOLE_COUNTERS,
    ahead_clips,
    call_clips,
    call_words,
    comes_clips,
    composed_of,
    counter_clips,
    due_clips,
    earlier_clips,
    minutes_clips,
    number_clips,
    served_clips,
    short_call_clips,
    spelt_clips,
    ticket_clips,
    time_clips,
    wait_clips,
)
from kiosk.speech.reads import OWN, Told, all_told, own_clip, sound_of, told_of
from kiosk.speech.recordings import LONGEST_S, MOST_BYTES, worked_up
from kiosk.speech.refusals import BadRecording, RecordingGone, TooLong, TooMany, UnknownText
from kiosk.speech.rules import (
    KIND,
    LONGEST_READING,
    NAME,
    ReadingFault,
    key_of,
    made_key,
    read_reading,
    tidied,
)
from kiosk.speech.sentences import CHOICES, LANGUAGES, SENTENCES, Language, language_of, sentence
from kiosk.speech.shelf import FOLDER, Shelf, is_whole, open_shelves, shelves_of
from kiosk.speech.texts import FIXED, LABEL, PARTS, Text, fixed_texts, texts_of

__all__ = [
    "CHOICES",
    "FIXED",
    "FOLDER",
    "FREE",
    "GROUP",
    "KIND",
    "LABEL",
    "LANGUAGES",
    "LAST_COUNTER",
    "LONGEST_READING",
    "LONGEST_S",
    "MOST_BYTES",
    "NAME",
    "OWN",
    "PARTS",
    "PAUSE",
    "SENTENCES",
    "SIGN",
    "WHOLE_COUNTERS",
    "BadRecording",
    "Engine",
    "Language",
    "Maker",
    "ReadingFault",
    "RecordingGone",
    "Shelf",
    "Take",
    "Text",
    "Told",
    "TooLong",
    "TooMany",
    "UnknownText",
    "ahead_clips",
    "all_told",
    "call_clip",
    "call_clips",
    "call_words",
    "catalogue",
    "clip_of",
    "comes_clips",
    "composed_of",
    "counter_clips",
    "drop_recording",
    "due_clips",
    "earlier_clips",
    "find_engine",
    "fixed_texts",
    "forget_recordings",
    "free_stem",
    "in_own_voice",
    "is_said",
    "is_whole",
    "key_of",
    "language_of",
    "made_key",
    "minutes_clips",
    "noted_labels",
    "number_clips",
    "open_shelves",
    "own_clip",
    "put_back",
    "read_reading",
    "said",
    "screen_clips",
    "sentence",
    "served_clips",
    "set_reading",
    "set_recording",
    "shelves_of",
    "short_call_clips",
    "sound_of",
    "spelt",
    "spelt_clips",
    "texts_of",
    "ticket_clips",
    "tidied",
    "time_clips",
    "told_of",
    "wait_clips",
    "worked_up",
]
