"""What the hall may know (公开): sentences of staff's about a concern, that a second person has released."""

from kiosk.openness.actions import release, take_down, write
from kiosk.openness.reads import Offer, Sentence, offers, released, sentences
from kiosk.openness.refusals import (
    AlreadyReleased,
    ConcernNotOpen,
    NotByTheWriter,
    NothingToTell,
    PrivateWords,
    UnknownSentence,
)
from kiosk.openness.rules import LONGEST_DONE, LONGEST_SAID, Plan, Stand, Tells

__all__ = [
    "LONGEST_DONE",
    "LONGEST_SAID",
    "AlreadyReleased",
    "ConcernNotOpen",
    "NotByTheWriter",
    "NothingToTell",
    "Offer",
    "Plan",
    "PrivateWords",
    "Sentence",
    "Stand",
    "Tells",
    "UnknownSentence",
    "offers",
    "release",
    "released",
    "sentences",
    "take_down",
    "write",
]
