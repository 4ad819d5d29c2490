"""Files that all pages share: asked for once, and again when they have changed."""

import os
import re

import pytest

from kiosk.screens.web.static_files import stamp


@pytest.fixture
def address(visitor):
    """Where a page of the station has its first style sheet."""
    return re.findall(r'href="(/static-[^"]+\.css)"', visitor.get("/").text)[0]


def test_a_page_names_files_that_a_browser_keeps_for_good(visitor, address):
    answer = visitor.get(address)
    assert answer.headers["Cache-Control"] == "public, immutable, max-age=31536000"
    assert "Vary" not in answer.headers
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("other", ["/static/", "/static-0123456789ab/"])
def test_the_plain_address_and_that_of_an_older_page_ask_each_time(visitor, address, other):
    answer = visitor.get(other + address.split("/", 2)[2])
    assert answer.body == visitor.get(address).body
    assert answer.headers["Cache-Control"] == "no-cache"


def test_what_is_not_there_is_not_found_and_nothing_outside_is_served(visitor, address):
    folder = address.rsplit("/", 2)[0]
    visitor.get(f"{folder}/nothing.css", status=404)
    visitor.get(f"{folder}/../../pyproject.toml", status=404)


def test_a_file_that_changes_changes_every_address(tmp_path):
    (tmp_path / "css").mkdir()
    file = tmp_path / "css" / "a.css"
    file.write_text("a{}", encoding="ascii")
    seen = [stamp(tmp_path)]
    os.utime(file, (1, 1))
    seen.append(stamp(tmp_path))
    file.rename(file.with_name("b.css"))
    seen.append(stamp(tmp_path))
    assert len(set(seen)) == 3
    assert seen[-1] == stamp(tmp_path)
