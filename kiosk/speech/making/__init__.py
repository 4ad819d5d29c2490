"""Having clips made: the engine, a program of its own, and the thread that gives it what is wanted."""

from kiosk.speech.making.calls import call_clip
from kiosk.speech.making.engine import Engine, find_engine, spelt
from kiosk.speech.making.labels import noted_labels
from kiosk.speech.making.worker import Maker

__all__ = ["Engine", "Maker", "call_clip", "find_engine", "noted_labels", "spelt"]
