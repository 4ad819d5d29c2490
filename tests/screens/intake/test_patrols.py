"""A walk: findings with photos, the sheet, the list, and who strikes them off."""

import re
from io import BytesIO

from PIL import Image

from kiosk import concerns
from kiosk.asked import Asked
from kiosk.concerns import Hand, Outcome, Reply


def photo() -> bytes:
    made, told = BytesIO(), Image.Exif()
    told[0x010F], told[0x8825] = "a maker", {1: "N"}
    Image.new("RGB", (800, 600), "red").save(made, "JPEG", exif=told)
    return made.getvalue()


def of_forty_million_pixels() -> bytes:
    made = BytesIO()
    Image.new("1", (8000, 5000)).save(made, "PNG")
    return made.getvalue()


def test_a_finding_has_a_photo_without_its_place_and_is_struck_off_by_somebody_else(clerk, box, clock):
    page = clerk.get("/s/patrols")
    walk = clerk.post("/s/patrols", {"tap": page.value("tap")}).headers["Location"]
    seen = {"tap": "a", "category": "lights", "about": "三楼灯不亮", "unit": "物业", "fix_on": "2026-11-30"}

    def sent(**more):
        return clerk.post(f"{walk}/findings", {**seen, **more})

    sent(photo=(BytesIO(photo()), "p.jpg"))
    sent()  # pressed twice
    assert clerk.get(walk).text.count("data-concern=") == 1
    (kept,) = re.findall(r"/concerns/1/files/[0-9]+", clerk.get("/concerns/1").text) or [""]
    answer = clerk.get(kept)
    assert answer.mimetype == "image/jpeg"
    assert dict(Image.open(BytesIO(answer.body)).getexif()) == {}
    assert "S0001" in clerk.get("/s/patrols").words()
    asked = Asked(clock(), 2)
    with box.database.write() as tx:
        concerns.settle(tx, box.centre, Hand(asked, True), 1, Reply(Outcome.SOLVED, "换好了"))
        assert concerns.concern_of(tx, box.centre, 1, "zh").recheck_on is not None
    clock.forward(days=7)
    with box.database.write() as tx:
        concerns.recheck(tx, box.centre, Hand(Asked(clock(), 3), True), 1, "亮了", is_good=True)
        assert concerns.concern_of(tx, box.centre, 1, "zh").state == concerns.State.DONE
    clerk.log_in("clerk1", "demo-clerk")
    assert "都销号了" in clerk.get("/s/patrols").words()
    assert clerk.get(f"{walk}/sheet.pdf").body.startswith(b"%PDF")


def test_a_photo_that_is_too_large_or_none_is_refused_with_a_sentence_and_nothing_is_kept(clerk, box):
    walk = clerk.post("/s/patrols", {"tap": "w"}).headers["Location"]
    seen = {"category": "lights", "about": "灯不亮", "fix_on": "2026-11-30"}
    page = clerk.post(
        f"{walk}/findings", {**seen, "tap": "a", "photo": (BytesIO(of_forty_million_pixels()), "p.jpg")}, 400
    )
    assert "照片太大" in page.words()
    page = clerk.post(f"{walk}/findings", {**seen, "tap": "b", "photo": (BytesIO(b"no photo"), "p.jpg")}, 400)
    assert "打不开" in page.words()
    clerk.post(f"{walk}/findings", {**seen, "tap": "c", "fix_on": "2026-01-01"}, 400)
    with box.database.read() as tx:
        assert concerns.running_concerns(tx, box.centre, Asked(box.now())) == ()
    taken = clerk.post(f"{walk}/findings", {**seen, "tap": "d"})
    for shade in (0, 0, *range(12)):  # the first is pressed three times, and kept once
        made = BytesIO()
        Image.new("RGB", (40, 40), (shade * 20, 0, 0)).save(made, "JPEG")
        sent = {"photo": (BytesIO(made.getvalue()), "p.jpg")}
        clerk.post(f"{walk}/findings/1/photo", sent)
    assert (
        "照片够多了"
        in clerk.post(f"{walk}/findings/1/photo", {"photo": (BytesIO(photo()), "p.jpg")}, 409).words()
    )
    assert taken.headers["Location"] == walk
    clerk.get("/s/patrols/99", 404)
