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

from kiosk.speech.clips import FREE, catalogue, clip_of, free_stem, said, screen_clips
from kiosk.speech.numbers import (
    LAST_COUNTER,
    PAUSE,
    WHOLE_COUNTERS,
    call_clips,
    counter_clips,
    number_clips,
    short_call_clips,
)
from kiosk.speech.sentences import LANGUAGES, SENTENCES, Language, language_of, sentence

__all__ = [
    "FREE",
    "LANGUAGES",
    "LAST_COUNTER",
    "PAUSE",
    "SENTENCES",
    "WHOLE_COUNTERS",
    "Language",
    "call_clips",
    "catalogue",
    "clip_of",
    "counter_clips",
    "free_stem",
    "language_of",
    "number_clips",
    "said",
    "screen_clips",
    "sentence",
    "short_call_clips",
]
