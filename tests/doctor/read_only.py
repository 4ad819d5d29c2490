"""A place on a disk that was made read-only."""

import subprocess
from contextlib import contextmanager

import pytest


@contextmanager
def read_only(place):
    """A file or a folder that nobody can write meanwhile, as on a disk that was made read-only."""
    if subprocess.run(["mount", "--bind", place, place], capture_output=True, check=False).returncode:
        pytest.skip("mounting needs root")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", place], check=True)
        yield
    finally:
        subprocess.run(["umount", place], check=True)
