"""Numbers that are said more slowly or with a stressed digit: the same in clips and in calls."""

import pytest

from kiosk.speech.numbers import parts_of
from kiosk.synthesis import speaking, takes
from script.voicing.carriers import take_of

pytest.importorskip("numpy")  # the model's stand-in makes samples

from tests.synthesis.test_sound import Hummer

SIGNS = "ti↘li↗ŋ ljou↘ljou↘ xau↘"


class Noter(Hummer):
    """Notes the pace too."""

    def speak(self, signs, voice, speed=1.0):
        samples = super().speak(signs, voice, speed)
        self.given[-1] = (self.given[-1], speed)
        return samples


def test_a_number_of_the_table_is_said_otherwise_and_nothing_else_is():
    tables = [numbers.split() for numbers in (takes.SLOW, takes.SECOND, takes.LAST)]
    assert [one for one in tables if sorted(set(one)) != one] == []
    every = [f"{n:03}" for n in range(200)]
    assert {one for numbers in tables for one in numbers} < set(every)
    for number in every:
        slow, second, last = (number in numbers for numbers in tables)
        digits = ("ljˈou↘" if second else "ljou↘") + ("ljˈou↘" if last else "ljou↘")
        said = (f"ti↘li↗ŋ {digits} xau↘", 0.85 if slow else 0.9)
        assert takes.as_cast(parts_of("zh")[f"row-{number}"], SIGNS, 0.9) == said
    assert takes.as_cast("到一号窗口办理", "tau→", 0.9) == ("tau→", 0.9)


def test_a_clip_and_a_call_made_here_are_given_the_same():
    for library in ("misaki", "pypinyin", "rjieba"):
        pytest.importorskip(library)
    for number in (takes.SLOW.split()[0], takes.LAST.split()[-1], "003"):
        words = parts_of("zh")[f"row-{number}"]
        clip, model = take_of(f"row-{number}", words, "zh"), Noter()
        speaking.called(model, f"请，A组，{words}，到三号窗口办理。", "zm_yunxi", "zh")
        assert model.given[2] == (clip.signs + clip.after, clip.speed)
        assert (model.given[2][0].count(takes.STRESS) > 0) == (number != "003")
