"""Templates as they were compiled: kept beside the data, so that nobody waits for it after a start.

The first page of a life compiled eight, 50 ms of its 0.7 s; a counter's page takes 150 to compile, 17 else.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from tempfile import NamedTemporaryFile
from typing import Final

from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

FOLDER: Final = "compiled"
"""In the data folder; it may be taken away at any time."""
SEAL: Final = 32
"""Bytes before each: their SHA-256. Python takes what it is given, and a plug may have been pulled."""


def keep_compiled(app: Flask, folder: Path) -> None:
    """Have templates compiled once for this version of the program, in the data folder `folder`.

    An application that has a cache already, as those of tests, keeps it.
    """
    if app.jinja_env.bytecode_cache is None:
        # what is kept names the version of Python and of Jinja's compiler itself
        app.jinja_env.bytecode_cache = Compiled(folder / FOLDER / app.extensions["build"])


class Compiled(BytecodeCache):
    """One file a template in `folder`, which bears the name of a version; those of others are gone."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept; nothing when it is not there, not whole, or of another source."""
        with suppress(OSError):
            sealed = (self._folder / bucket.key).read_bytes()
            if sha256(sealed[SEAL:]).digest() == sealed[:SEAL]:
                bucket.bytecode_from_string(sealed[SEAL:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it. A disk that is full or may not be written is no fault: it is compiled again."""
        made = bucket.bytecode_to_string()
        with suppress(OSError):
            self._begin()
            with _renamed(self._folder / bucket.key) as path:
                path.write_bytes(sha256(made).digest() + made)

    def _begin(self) -> None:
        if self._folder.is_dir():
            return
        rmtree(self._folder.parent, ignore_errors=True)
        self._folder.mkdir(parents=True)


@contextmanager
def _renamed(path: Path) -> Iterator[Path]:
    """A file of another name, which gets this one when the block ends well: two may write it at once."""
    with NamedTemporaryFile(dir=path.parent, prefix="begun-", delete=False) as file:
        begun = Path(file.name)
    try:
        yield begun
        begun.replace(path)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise
