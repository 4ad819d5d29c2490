"""Free words that a centre says before anybody has typed any: the starter catalogue's, and the demo's.

They are committed in Chinese, so that who cannot read finds the way by ear on a box without the engine too;
in English, for which there is less room, what to bring, where to wait, who may go first, and the demo's home.
"""

from collections.abc import Iterator

from kiosk import demo
from kiosk.cards.starter import FIRST_CARD, FIRST_PROBLEMS
from kiosk.setup.starter import starter_groups
from kiosk.speech import Language, catalogue, free_stem, tidied

FAMILIES = (
    "王李张刘陈杨黄赵周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董程曹袁邓许傅沈吕苏卢蒋蔡贾丁魏薛叶余潘杜戴"
    "夏钟汪田姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤黎易常武乔贺赖龚文楼"
)
"""The commonest family names but those that are read in two ways: whoever signs in chooses hers by ear."""


OF_HOURS = ("电话24小时开机",)
"""Of hours what is no figure: those are put together."""


def free_words(lang: Language) -> dict[str, str]:
    """Stem → words of every committed clip of a language that is in no catalogue of sentences."""
    known = set(catalogue(lang).values())
    chinese = (*_starter(), *_demo(), *demo_choices(), *first_card(), *OF_HOURS, *FAMILIES)
    found = (tidied(words) for words in (chinese if lang == "zh" else _english()))
    return {free_stem(words): words for words in found if words and words not in known}


def first_card() -> Iterator[str]:
    """Post and place that the setup offers for the first card."""
    yield FIRST_CARD["post"]
    yield FIRST_CARD["address"]


def demo_choices() -> Iterator[str]:
    """What else is chosen by ear in the demo: who may go first, cards, events."""
    yield from (name for _, name, _, _ in demo.PRIORITIES)
    for post, _, _, address, _ in demo.CARDS:
        yield post
        yield address[0]
    for plan in demo.EVENTS:
        yield plan.title
        yield plan.place
    yield from (name for name, _, _ in demo.TEAMS)


def _english() -> Iterator[str]:
    yield from (name for _, _, name, _ in demo.GROUPS)
    yield from (name for _, _, name, _ in demo.PRIORITIES)
    yield from (name for _, _, _, name, _, is_popular in demo.SERVICES if is_popular)
    for line in (line for group in starter_groups() for service in group.services for line in service.lines):
        yield line.text_en
        yield line.note_en
    yield demo.WAITING_PLACE_EN
    yield from (service.place_en for group in starter_groups() for service in group.services)
    for _, text, _, note in _demo_lines():
        yield text
        yield note


def _starter() -> Iterator[str]:
    """The groups of the catalogue, their services, where to wait and what to bring; first problems."""
    for group in starter_groups():
        yield group.name
        for service in group.services:
            yield service.name
            yield service.place
            for line in service.lines:
                yield line.text
                yield line.note
    yield from FIRST_PROBLEMS


def _demo() -> Iterator[str]:
    """The same of the demo centre."""
    yield from (name for _, name, _, _ in demo.GROUPS)
    yield from (name for _, _, name, *_ in demo.SERVICES)
    yield demo.WAITING_PLACE
    for text, _, note, _ in _demo_lines():
        yield text
        yield note


def _demo_lines() -> Iterator[tuple[str, str, str, str]]:
    """What the demo's services need: words in both languages, notes in both."""
    for lists in (demo.MATERIALS, demo.AGENT_MATERIALS):
        yield from (line for lines in lists.values() for line in lines)
