"""The secret of a centre, in a file of its own: it signs every code on paper, and every cookie."""

import os
from collections.abc import Callable
from pathlib import Path

from kiosk.database.faults import SECRET, LostDatabase
from kiosk.database.folder_lock import exclusive
from kiosk.database.opening import SECRET_FILE as SECRET_FILE

SECRET_BYTES = 32


def check_secret(folder: Path, *, must_be: bool) -> None:
    """Raise LostDatabase for a secret that is cut short, and for none where there `must_be` one.

    Of a short one anybody could make the codes; with a new one no slip and no card that was printed is known.
    """
    path = folder / SECRET_FILE
    if is_whole_secret(path) or not (path.exists() or must_be):
        return
    raise LostDatabase(
        f"密钥文件 {path} 不见了，或者不完整，没有启动。请从备份里取回来，数据不动。"
        f"真的没有备份，就做一个新的，以前的小票和卡都不认了：head -c {SECRET_BYTES} /dev/urandom > {path}\n"
        f"The secret {path} is gone, or cut short: nothing was started. Take it out of a backup; the data "
        "stay. With no backup at all make a new one, which knows no slip and no card printed before.",
        SECRET,
    )


def is_whole_secret(path: Path) -> bool:
    """Whether a secret lies at `path` that is long enough, and none of zeros alone.

    Some file systems leave a file's length and no content after a power cut.
    """
    return path.is_file() and path.stat().st_size >= SECRET_BYTES and any(path.read_bytes()[:SECRET_BYTES])


def written_once(path: Path, make: Callable[[], bytes]) -> bytes:
    """What `path` holds; made and kept, for its owner's eyes only, if it is missing."""
    if not path.exists():
        _write_once(path, make())
    return path.read_bytes()


def _write_once(path: Path, content: bytes) -> None:
    # written beside and linked into place: a pulled plug leaves no half secret, and of two starts one wins
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    with open(draft, "wb", opener=exclusive) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
