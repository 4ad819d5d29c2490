"""Templates are compiled once a version, and whatever lies in the folder, the pages are the same."""

from pathlib import Path

import pytest
from flask import Flask

from kiosk.compiled import FOLDER, Compiled, keep_compiled


@pytest.fixture
def drawn(tmp_path):
    """What a new life draws that finds the data folder as it is; and the file where the template is kept."""
    (tmp_path / "templates").mkdir()

    def drawn(source="您好{{ name }}", build="b1"):
        (tmp_path / "templates" / "page.html").write_text(source, "utf-8")
        app = Flask("kiosk", template_folder=str(tmp_path / "templates"))
        app.extensions["build"] = build
        keep_compiled(app, tmp_path)
        return app.jinja_env.get_template("page.html").render(name="！"), *kept(tmp_path)

    return drawn


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder / FOLDER).rglob("*") if path.is_file()]


def test_a_template_is_compiled_once_a_version_and_its_older_ones_go(drawn, monkeypatch):
    words, file = drawn()
    assert words == "您好！"
    monkeypatch.setattr(Compiled, "dump_bytecode", lambda *_: pytest.fail("compiled again"))
    assert drawn() == (words, file)
    monkeypatch.undo()
    words, newer = drawn(build="b2")
    assert (words, newer.name) == ("您好！", file.name)
    assert not file.exists()


def test_another_source_is_compiled_anew(drawn):
    drawn()
    assert drawn("再见{{ name }}")[0] == "再见！"


@pytest.mark.parametrize("damage", [b"", b"torn", None])
def test_what_a_pulled_plug_has_left_is_not_taken(drawn, damage):
    _, file = drawn()
    whole = file.read_bytes()
    middle = len(whole) // 2
    flipped = bytes([whole[middle] ^ 1])
    file.write_bytes(whole[:middle] + flipped + whole[middle + 1 :] if damage is None else damage)
    assert drawn() == ("您好！", file)
    assert file.read_bytes() == whole


def test_where_nothing_can_be_kept_the_page_comes_all_the_same(drawn, tmp_path):
    (tmp_path / FOLDER).write_text("a file")
    assert drawn()[0] == "您好！"


def test_a_disk_that_is_full_leaves_nothing_begun(drawn, tmp_path, monkeypatch):
    def refuses(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(Path, "write_bytes", refuses)
    assert drawn() == ("您好！",)
    assert kept(tmp_path) == []
