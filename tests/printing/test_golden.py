"""Every slip on every paper looks as it did when somebody last looked at it."""

import pytest
from PIL import ImageChops

from tests.printing import golden


@pytest.fixture(scope="module")
def same_tools():
    """Another version of the typeface draws other letters, and says nothing about the slips."""
    wanted, here = golden.DRAWN_WITH.read_text(encoding="utf-8"), golden.tools()
    if wanted != here:
        pytest.skip(
            f"the golden pictures are drawn with fonts-noto-cjk 1:20220127:\n{wanted}here it is\n{here}"
        )


@pytest.mark.parametrize("name", golden.NAMES)
def test_a_slip_looks_as_it_did(name, same_tools):
    then, now = golden.kept(name), golden.drawn(name)
    assert now.size == then.size, f"{name}: script/goldens draws it anew"
    differs = ImageChops.logical_xor(now, then).getbbox()
    assert differs is None, f"{name} differs within {differs}: script/goldens draws it anew"


def test_every_golden_picture_is_of_a_slip_that_there_is_and_one_bit_deep():
    assert {path.stem for path in golden.FOLDER.glob("*.png")} == set(golden.NAMES)
    assert len(golden.NAMES) == 10 * 3 * 2 * 2
