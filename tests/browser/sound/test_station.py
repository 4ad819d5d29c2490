"""The station's sentences, and the clips that all of it is made of."""

import json
import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from kiosk.speech import screen_clips
from tests.browser.sound.kit import STATIC, STATION, look, stems, wait_for


def wait_until_said(page, how_many):
    wait_for(page, f"played.length === {how_many} && played.at(-1).to !== undefined")
    return look(page, "played")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_screen_says_its_sentence_and_number_as_the_catalogue_has_it(open_page, lang):
    sentence, *number = expected = screen_clips("goodbye", "A012", lang)
    said = f'data-say="{sentence}" data-say-number="{" ".join(number)}" data-lang="{lang}"'
    page = open_page(STATION.format(lang="zh-CN", said=said))
    played = wait_until_said(page, len(expected))
    assert stems(played) == list(expected)
    assert all(f"/{lang}/" in note["clip"] for note in played)
    assert all(one["to"] <= other["from"] for one, other in pairwise(played))


def test_a_screen_speaks_the_language_of_the_page(open_page):
    page = open_page(STATION.format(lang="en", said='data-say="goodbye"'))
    assert "/en/goodbye.mp3" in wait_until_said(page, 1)[0]["clip"]


def test_which_language_is_spoken_now_is_said_before_the_sentence_once(open_page):
    page = open_page(STATION.format(lang="en", said='data-say-before="language" data-say="goodbye"'))
    wait_until_said(page, 2)
    page.locator("[data-say-again]").click()
    assert stems(wait_until_said(page, 3)) == ["language", "goodbye", "goodbye"]


@pytest.mark.parametrize("slow", ['data-rate="0.8"', 'data-slow="on"'])
def test_slow_speech_runs_at_four_fifths_and_keeps_its_pitch(open_page, slow):
    page = open_page(STATION.format(lang="zh-CN", said=f'data-say="goodbye" {slow}'))
    slowly = wait_until_said(page, 1)[0]
    assert (slowly["playbackRate"], slowly["preservesPitch"]) == (0.8, True)


def test_speech_is_not_slow_unless_asked(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="goodbye" data-slow="off"'))
    assert wait_until_said(page, 1)[0]["playbackRate"] == 1


def test_the_sentence_is_said_again_from_its_beginning_when_asked(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="still_here"'))
    again = page.locator("[data-say-again]")
    expect(again).to_have_attribute("aria-pressed", "true")
    again.click()
    wait_for(page, "played.length === 2 && played[0].to")
    first, second = look(page, "played")
    assert stems([first, second]) == ["still_here", "still_here"]
    expect(again).to_have_attribute("aria-pressed", "true")
    wait_until_said(page, 2)
    expect(again).to_have_attribute("aria-pressed", "false")


def test_a_station_that_may_not_speak_yet_is_silent_and_speaks_when_asked(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="goodbye"'), "blocking")
    again = page.locator("[data-say-again]")
    expect(again).to_have_attribute("aria-pressed", "false")
    assert "from" not in look(page, "played")[0]
    again.click()
    assert "from" in wait_until_said(page, 2)[1]


def test_a_question_that_opens_is_spoken_and_falls_silent_when_it_closes(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="service"'))
    wait_for(page, "played.length === 1 && played[0].from")
    page.evaluate("document.querySelector('dialog').showModal()")
    wait_for(page, "played.length === 2 && played[1].from")
    first, second = look(page, "played")
    assert first["to"] <= second["from"]
    assert stems([second]) == ["still_here"]
    page.evaluate("document.querySelector('dialog').close()")
    wait_for(page, "played[1].to")
    expect(page.locator("html[data-speaking]")).to_have_count(0)


def test_speech_stops_when_the_page_is_left(open_page):
    page = open_page(STATION.format(lang="zh-CN", said='data-say="service"'))
    wait_for(page, "played.length === 1 && played[0].from")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide'))")
    wait_for(page, "played[0].to")
    assert page.evaluate("document.documentElement.hasAttribute('data-speaking')") is False


CHOICES = """<nav><a id="one" data-speak="choice-back">one</a><a data-speak="">silent</a>
<a id="hidden" data-speak="choice-more" hidden>hidden</a>
<a id="two" data-speak="choice-home choice-end">two</a>
<a id="three" data-speak="choice-done">three</a></nav><button data-say-aloud>aloud</button>"""
LIT = """const sounding = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  const said = sounding.call(this);
  played.at(-1).lit = document.querySelector("[data-being-said]")?.id ?? "";
  return said;
};"""


def test_each_choice_is_lit_while_it_is_said_and_a_touch_ends_the_reading(open_page):
    html = STATION.format(lang="zh-CN", said='data-say="goodbye"').replace("<dialog", CHOICES + "<dialog")
    page = open_page(html, scripts=(LIT,))
    wait_until_said(page, 1)
    page.locator("[data-say-aloud]").click()
    whole = wait_until_said(page, 6)
    lit = ["", "one", "two", "two", "three"]
    assert [one["lit"] for one in whole[1:]] == lit
    assert stems(whole[1:]) == ["goodbye", *(f"choice-{name}" for name in ("back", "home", "end", "done"))]
    expect(page.locator("html[data-reading], [data-being-said]")).to_have_count(0)
    page.locator("[data-say-aloud]").click()
    wait_for(page, "document.querySelector('#two[data-being-said]') !== null")
    page.locator("#other").click()
    expect(page.locator("html[data-reading], [data-being-said]")).to_have_count(0)
    before = look(page, "played.length")
    page.wait_for_timeout(500)
    assert look(page, "played.length") == before


@pytest.mark.parametrize("path", ["zh/counter-1", "zh/0", "zh/row-023", "en/still_here", "chime"])
def test_a_clip_is_decoded_with_its_own_silence_and_no_more(open_page, path):
    page = open_page("<!doctype html><title>clip</title>")
    heard = page.evaluate(
        """async (path) => {
          const bytes = await (await fetch(`/static/audio/${path}.mp3`)).arrayBuffer();
          const clip = await new AudioContext().decodeAudioData(bytes);
          const wave = clip.getChannelData(0);
          const peak = wave.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
          const loud = (sample) => Math.abs(sample) > 0.01 * peak;
          const last = wave.length - 1 - wave.toReversed().findIndex(loud);
          const lead = wave.findIndex(loud) / clip.sampleRate;
          return { peak, lead, tail: clip.duration - last / clip.sampleRate };
        }""",
        path,
    )
    made = json.loads((STATIC / "audio" / "clips.json").read_text("utf-8"))[f"{path}.mp3"]["given"]
    ((lead, tail),) = re.findall(r"([0-9.]+)\+([0-9.]+) s MP3", made) or [(0.02, 0.05)]
    assert heard["lead"] == pytest.approx(float(lead), abs=0.01)
    assert heard["tail"] == pytest.approx(float(tail), abs=0.02)
    assert 0.15 < heard["peak"] < 0.95
