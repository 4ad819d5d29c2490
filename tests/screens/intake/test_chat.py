"""Messages of a chat, pasted at once, become concerns."""

from kiosk import concerns
from kiosk.asked import Asked


def running(box):
    with box.database.read() as tx:
        return concerns.running_concerns(tx, box.centre, Asked(box.now()))


PASTED = """张阿姨 11-28 19:31
3栋楼道灯坏了好几天

李四：
垃圾没人收，13912345678
老王: 希望多办健康讲座[微笑]
[图片]
今天天气真好
"""


def test_pasted_messages_become_a_line_each_without_a_name_and_only_those_with_a_digit_are_taken_in(
    clerk, box
):
    assert "粘贴" in clerk.get("/s/wechat").words()
    page = clerk.post("/s/wechat", {"pasted": PASTED, "source": "wechat"}, 200)
    about = [one.get("value") for one in page.all(".//input") if one.get("name", "").startswith("about-")]
    assert about == ["3栋楼道灯坏了好几天", "垃圾没人收", "希望多办健康讲座", "今天天气真好"]
    fields = {one.get("name"): one.get("value", "") for one in page.all(".//main//input")}
    assert [fields[f"pick-{number}"] for number in range(4)] == ["2", "3", "9", ""]
    for _ in range(2):
        clerk.post("/s/wechat/take", fields)
    found = sorted(running(box), key=lambda one: one.id)
    assert [one.category for one in found] == ["楼道灯路灯", "垃圾卫生", "我有建议"]
    assert {one.source for one in found} == {"wechat"}
    with box.database.read() as tx:
        assert [one.phone for one in concerns.parties_of(tx, found[1].id)] == ["13912345678"]
    clerk.post("/s/wechat", {"pasted": "张三：\n[图片]", "source": "wechat"}, 400)
    clerk.post("/s/wechat", {"pasted": "\n".join(f"第{n}件事" for n in range(31)), "source": "wechat"}, 400)
    clerk.post("/s/wechat/take", fields | {"tap": "b", "pick-0": "x"}, 404)


def test_a_notebook_that_is_read_out_is_lines_of_one_place(clerk, box):
    with box.database.write() as tx:
        place = concerns.add_place(tx, Asked(box.now(), 1), concerns.PlacePlan("3号楼", ""))
    form = {"pasted": "灯坏了\n垃圾没人收", "source": "stairwell", "place": f"{place}"}
    page = clerk.post("/s/wechat", form, 200)
    fields = {one.get("name"): one.get("value", "") for one in page.all(".//main//input")}
    clerk.post("/s/wechat/take", fields)
    assert {(one.source, one.place) for one in running(box)} == {("stairwell", "3号楼")}
