"""What changed against the time before, as a paragraph in plain Chinese. Pure."""

from collections.abc import Iterable, Mapping

from kiosk.figures.rules import FEW, Cell

_ALIKE = 0.03
"""Less of a change than this is none."""


def changed(
    now: Cell, before: Cell, promise_min: int, services: Mapping[str, tuple[int, int]], words: str
) -> str:
    """The paragraph. `services`: by name how many cases now and before; `words` is "上个月" or "上一年"."""
    if not now.cases:
        return "这段时间没有人来办事。"
    if not before.cases:
        return f"一共办了{now.cases}件，办结{now.served}件。{words}没有记录，没法比。"
    said = [_cases(now, before, words), _most_changed(services, words)]
    said += [_waits(now, before, words), _promise(now, before, promise_min), _missed(now, before)]
    return "".join(one for one in said if one)


def _cases(now: Cell, before: Cell, words: str) -> str:
    more = now.cases - before.cases
    start = f"一共办了{now.cases}件，办结{now.served}件，"
    if abs(more) <= _ALIKE * before.cases:
        return f"{start}和{words}（{before.cases}件）差不多。"
    share = (
        f"，{'多' if more > 0 else '少'}了{abs(more) / before.cases * 100:.0f}%"
        if before.cases >= FEW
        else ""
    )
    return f"{start}比{words}{'多' if more > 0 else '少'}{abs(more)}件{share}。"


def _most_changed(services: Mapping[str, tuple[int, int]], words: str) -> str:
    changes = {name: now - before for name, (now, before) in services.items()}
    most = max(changes, key=lambda name: abs(changes[name]), default=None)
    if most is None or abs(changes[most]) < FEW:
        return ""
    return f"变化最大的是“{most}”，比{words}{'多' if changes[most] > 0 else '少'}{abs(changes[most])}件。"


def _waits(now: Cell, before: Cell, words: str) -> str:
    new, old = now.known_waits.median_s, before.known_waits.median_s
    if new is None:
        return "叫到的人太少，等了多久不好说。"
    start = f"一半的人在{_minutes(new)}分钟以内叫到，"
    if old is None:
        return f"{start}{words}叫到的人太少，没法比。"
    more = _minutes(new) - _minutes(old)
    if more == 0:
        return f"{start}和{words}一样。"
    return f"{start}比{words}{'长' if more > 0 else '短'}{abs(more)}分钟。"


def _promise(now: Cell, before: Cell, promise_min: int) -> str:
    new, old = now.promise_share(promise_min), before.promise_share(promise_min)
    if new is None:
        return ""
    start = f"每100个人里有{new * 100:.0f}个在承诺的{promise_min}分钟以内叫到"
    if old is None or round(new * 100) == round(old * 100):
        return f"{start}。"
    return f"{start}，{'多' if new > old else '少'}了{abs(round(new * 100) - round(old * 100))}个。"


def _missed(now: Cell, before: Cell) -> str:
    gone, gone_before = _gone(now), _gone(before)
    if not gone:
        return "没有人没办就走。"
    more = gone - gone_before
    if not more:
        return f"没办就走的有{gone}个，一样多。"
    return f"没办就走的有{gone}个，{'多' if more > 0 else '少'}了{abs(more)}个。"


def _gone(cell: Cell) -> int:
    return cell.left + cell.missed_out


def _minutes(seconds: float) -> int:
    return max(1, round(seconds / 60))


def together(now: Iterable[tuple[str, int]], before: Iterable[tuple[str, int]]) -> dict[str, tuple[int, int]]:
    """How many cases each had, now and before."""
    new, old = dict(now), dict(before)
    return {name: (new.get(name, 0), old.get(name, 0)) for name in new | old}
