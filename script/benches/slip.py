"""Slips: how long drawing one and making its bytes takes, for every kind on every paper."""

from dataclasses import fields, replace
from functools import partial
from random import Random

from PIL import Image

from printing.drawing.canvas import Paper, paper_for
from printing.escpos import encode
from printing.slips import Slip, draw, kinds
from printing.slips.contact_card import ContactCardSlip
from script.benches._hall import say, summary, timed
from script.benches._to_paper import beside_a_dead_printer, to_the_printer

RUNS, WARM = 400, 40
WIDTHS = (576, 512, 384)
SERVICES = ("高龄补贴", "老年人优待证", "城乡居民基本养老保险待遇领取资格认证", "医保参保缴费", "居住证代办")
THINGS = (
    "身份证（原件）",
    "身份证复印件（1份）",
    "户口本（首页和本人页）",
    "1寸照片（1张）",
    "手机（收验证码用）",
)
PLACES = ("一楼叫号区", "2号窗口", "服务台", "二楼活动室（电梯右手边）")


def run() -> None:
    """Print every figure of slips."""
    _render()
    to_the_printer()
    beside_a_dead_printer()


def _render() -> None:
    for kind, made_of in kinds().items():
        for width in WIDTHS:
            for large in (False, True):
                _render_one(kind, made_of.sample(), paper_for(width, large))


def _render_one(kind: str, sample: Slip, paper: Paper) -> None:
    """Slips that differ as one resident's from the next one's; no code is seen twice."""
    chance = Random(7)  # noqa: S311 - no secret
    slips = [_another(sample, chance) for _ in range(WARM + RUNS)]
    drawn, blank = [], []
    for slip in slips:
        drawn.append(timed(partial(_draw_and_encode, slip, paper)))
        blank.append(timed(lambda: encode(Image.new("1", (paper.width_dots, paper.longest)))))
    name = f"{kind} {paper.width_dots}{' large' if paper.large else ''}: drawn and encoded, warm, ms"
    reference = {"a blank picture of 100 mm, encoded": summary(blank[WARM:])}
    say("slip", name, summary(drawn[WARM:]), reference)


def _draw_and_encode(slip: Slip, paper: Paper) -> bytes:
    return encode(draw(slip, paper, "1234"))


def _another(sample: Slip, chance: Random) -> Slip:
    """`sample` with what changes from one resident to the next, in whichever of these fields it has."""
    digits = "".join(chance.choices("0123456789", k=24))
    changes = {
        "number": f"{chance.choice('ABCDEFGH')}{chance.randrange(1000):03}",
        "service": chance.choice(SERVICES),
        "ahead": chance.randrange(30),
        "where": chance.choice(PLACES),
        "materials": tuple(chance.sample(THINGS, k=chance.randint(1, len(THINGS)))),
        "bring": tuple(chance.sample(THINGS, k=chance.randint(1, len(THINGS)))),
        "event": f"{chance.choice(SERVICES)}讲座",
        "phone": f"0000-{digits[:7]}",
        "vcard": ContactCardSlip.sample().vcard.replace("2251001", digits[:7]),
        "wechat": f"https://u.wechat.com/EA{digits[:16]}",
        "qr": f"http://192.168.100.100:8000/t/{digits}",
    }
    return replace(
        sample, **{field.name: changes[field.name] for field in fields(sample) if field.name in changes}
    )
