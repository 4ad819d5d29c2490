"""Problems that people come to a community centre with: a list to start from, in everyday words."""

from typing import NamedTuple


class StarterProblem(NamedTuple):
    """What it is about in both languages, and its icon."""

    zh: str
    en: str
    icon: str


STARTER_PROBLEMS = tuple(
    StarterProblem(*row)
    for row in (
        ("下水道堵了", "Blocked drain", "wrench"),
        ("停水、漏水", "No water, or a leak", "wrench"),
        ("停电了", "No electricity", "zap"),
        ("路灯不亮", "Street light is out", "zap"),
        ("燃气有问题", "Gas trouble", "triangle-alert"),
        ("电梯坏了", "Lift is broken", "building-2"),
        ("楼道堆东西", "Blocked staircase", "house"),
        ("垃圾没人收", "Rubbish not collected", "house"),
        ("邻居太吵", "Noisy neighbours", "volume-2"),
        ("邻里有矛盾", "Quarrel with neighbours", "message-square"),
        ("物业的事", "Property management", "building-2"),
        ("停车的事", "Parking", "map-pin"),
        ("电动车充电", "Charging an e-bike", "zap"),
        ("家里有老人要照顾", "Care for an old person", "heart-handshake"),
        ("孩子没人看", "Care for a child", "baby"),
        ("生活有困难", "Hardship", "hand-heart"),
        ("找工作", "Looking for work", "briefcase"),
        ("想当志愿者", "Becoming a volunteer", "users-round"),
        ("提个建议", "A suggestion", "message-square"),
        ("不知道找谁", "Not sure whom to ask", "circle-help"),
    )
)
"""In the sequence in which they stand; all lead to the secretary until a centre says who else helps."""

FIRST_PROBLEMS = ("下水道堵了", "停水、漏水", "停电了", "路灯不亮", "邻居太吵", "不知道找谁")
"""What a new centre is offered at first: as many as one screen of the station holds."""

FIRST_CARD = {
    "post": "社区书记", "post_en": "Community secretary",
    "address": "党群服务中心", "address_en": "Community service centre",
    "hours": "工作日 8:30–17:30", "hours_en": "Weekdays 8:30–17:30",
}  # fmt: skip
"""What the setup's page of the first card has filled in."""
