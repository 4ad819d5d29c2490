"""What `kiosk doctor` looks at, one file a check, found, not listed.

A check is a module with a `TITLE` (Chinese, English) and `check(target)` that yields findings, at least
one; `DEADLINE_S` if fifteen seconds do not suit it. It changes nothing and waits for nobody.
"""

from kiosk.doctor._findings import Finding, Grade
from kiosk.doctor._runner import Result, checks, examine
from kiosk.doctor._target import Target, target_in

__all__ = ["Finding", "Grade", "Result", "Target", "checks", "examine", "target_in"]
