"""Numbers that are said more slowly or with a stressed first digit: the same in clips and in calls."""

import pytest

from kiosk.speech.numbers import parts_of
from kiosk.synthesis import speaking, takes
from script.voicing.carriers import take_of

pytest.importorskip("numpy")  # the model's stand-in makes samples

from tests.synthesis.test_sound import Hummer


class Noter(Hummer):
    """Notes the pace too."""

    def speak(self, signs, voice, speed=1.0):
        samples = super().speak(signs, voice, speed)
        self.given[-1] = (self.given[-1], speed)
        return samples


def test_a_number_of_the_table_is_said_otherwise_and_nothing_else_is():
    slow, stressed = set(takes.SLOW.split()), set(takes.STRESSED.split())
    both, plain = slow & stressed, {f"{n:03}" for n in range(200)} - slow - stressed
    assert slow | stressed <= {f"{n:03}" for n in range(200)}
    assert len(slow) == len(takes.SLOW.split())
    assert len(stressed) == len(takes.STRESSED.split())
    stress, none = "jˈau→", "jau→"
    rows = (
        (both, stress, 0.85),
        (slow - both, none, 0.85),
        (stressed - both, stress, 0.9),
        (plain, none, 0.9),
    )
    for numbers, signs, speed in rows:
        assert numbers
        for number in numbers:
            words = parts_of("zh")[f"row-{number}"]
            assert takes.as_cast(words, "jau→", 0.9) == (signs, speed)
    assert takes.as_cast("到一号窗口办理", "tau→", 0.9) == ("tau→", 0.9)


def test_a_clip_and_a_call_made_here_are_given_the_same():
    for library in ("misaki", "pypinyin", "rjieba"):
        pytest.importorskip(library)
    for number in (takes.SLOW.split()[0], takes.STRESSED.split()[-1], "000"):
        words = parts_of("zh")[f"row-{number}"]
        clip, model = take_of(f"row-{number}", words, "zh"), Noter()
        speaking.called(model, f"请，A，{words}，到三号窗口办理。", "zf_xiaoyi", "zh")
        assert model.given[2] == (clip.signs + clip.after, clip.speed)
        assert model.given[1] == ("ei→,", 0.9)
