"""Judges the password on the first line of its input; the other lines are words that everybody knows."""

import sys

from kiosk.strength import is_guessed_early

password, *known = sys.stdin.read().split("\n")
sys.exit(int(is_guessed_early(password, known)))
