"""Whatever lies where a backup should be: a restore ends in a sentence, and nothing else takes harm."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from kiosk import backup, doctor
from kiosk.backup import archive
from kiosk.cli import main
from tests.backup.hostile import KINDS, LABEL, made, put


@pytest.mark.parametrize("kind", KINDS)
def test_a_restore_of_it_ends_in_a_sentence_and_changes_nothing(tmp_path, kind):
    file = put(tmp_path / "kept.zip", kind)
    told = CliRunner().invoke(main, ["restore", str(file), "--data", str(tmp_path / "new")])
    assert (told.exit_code, type(told.exception)) == (1, SystemExit), told.exception
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told.output)
    assert not list(tmp_path.glob("new/*"))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_among_the_backups_of_a_centre_none_of_them_does_any_harm(box, visitor):
    folder = box.settings.folder / backup.FOLDER
    folder.mkdir()
    for day, kind in enumerate(KINDS):
        path = put(folder / f"linli-2025-{1 + day // 28:02}-{1 + day % 28:02}.zip", kind)
        when = 1 if backup.is_backup(path) else 2**32  # later than any of ours
        os.utime(path, (when, when), follow_symlinks=False)
    assert visitor.client.get("/healthz").json["status"] == "ok"
    backup.keep_day(box)
    assert visitor.client.get("/healthz").json["status"] == "ok"
    newest = backup.newest_backup(folder)
    assert newest is not None
    assert newest[0].name == "linli-2026-11-23.zip"
    assert not any("broke off" in finding.said[1] for finding in _examined(box))
    assert str(newest[0]) in backup.way_back(box.settings)


def _examined(box):
    target = doctor.target_in(box.settings.folder, {}, box.clock)
    return list(doctor.checks()["backup"].check(target))


@pytest.fixture(scope="module")
def whole(furnished, tmp_path_factory):
    kept = tmp_path_factory.mktemp("whole") / "kept.zip"
    return backup.make_backup(furnished, kept, datetime(2026, 11, 23, tzinfo=UTC)).read_bytes()


ENDS = some.floats(0.97, 1)  # the directory and the comment: there a wrong byte does most


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cut=some.floats(0, 1),
    flips=some.lists(some.tuples(some.one_of(some.floats(0, 1), ENDS), some.integers(1, 255)), max_size=6),
)
def test_a_backup_that_was_cut_or_spoilt_anywhere_is_refused_or_whole(whole, cut, flips):
    spoilt = bytearray(whole if cut > 0.5 else whole[: int(cut * 2 * len(whole))])
    for place, bits in flips:
        if spoilt:
            spoilt[min(len(spoilt) - 1, int(place * len(spoilt)))] ^= bits
    _refused_or_whole(bytes(spoilt))


SIMPLE = some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=9)
JSON = SIMPLE | some.lists(SIMPLE, max_size=3) | some.dictionaries(some.text(max_size=9), SIMPLE, max_size=3)


@settings(max_examples=40, deadline=None)
@given(
    changed=some.dictionaries(some.sampled_from([*LABEL, "x"]), JSON, max_size=4),
    comment=some.none() | some.binary(max_size=200),
)
def test_whatever_the_label_says_it_is_refused_or_one_of_ours(changed, comment):
    _refused_or_whole(made(LABEL | changed if comment is None else comment))


def _refused_or_whole(content: bytes) -> None:
    """Anything but a refusal of ours fails the test by itself."""
    with TemporaryDirectory() as name:
        file, out = Path(name, "kept.zip"), Path(name, "out")
        file.write_bytes(content)
        out.mkdir()
        backup.newest_backup(Path(name))
        with suppress(backup.Refused):
            backup.read_label(file)
        with suppress(backup.Refused):
            archive.unpack(file, out)
