"""The check-up: what `kiosk doctor` looks at, one file a check, found, not listed.

A check is a module with a `TITLE` (Chinese, English) and `check(patient)` that yields findings, at least
one; `DEADLINE_S` if fifteen seconds do not suit it. It changes nothing and waits for nobody.
"""

from kiosk.checkup._findings import Finding, Grade
from kiosk.checkup._patient import Patient, patient_in
from kiosk.checkup._round import Result, checks, examine

__all__ = ["Finding", "Grade", "Patient", "Result", "checks", "examine", "patient_in"]
