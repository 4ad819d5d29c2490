"""What the history says in words: kinds of things, what was done with them, their fields and values."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk import exchange, staff
from kiosk.screens.centre.rules import RULE_WORDS
from kiosk.screens.web.labels import DAY_WORDS, DEVICE_WORDS, PLACE_WORDS
from kiosk.screens.web.page import say
from kiosk.words import mark

KIND_WORDS = {
    "service": mark("业务"),
    "group": mark("业务类别"),
    "counter": mark("窗口"),
    "priority": mark("优先"),
    "catalogue": mark("业务目录"),
    "opening": mark("开放时间"),
    "closing": mark("停办和提前结束"),
    "notice": mark("通知"),
    "clip": mark("语音"),
    "card": mark("联系卡"),
    "staff": mark("账号"),
    "device": mark("设备"),
    "printer": mark("打印机"),
    "person": mark("花名册上的人"),
    "team": mark("服务队"),
    "event": mark("活动"),
    "hours": mark("服务时长"),
    "setting": mark("本站设置"),
    "concern": mark("居民能说的事"),
    "survey": mark("评分表"),
}

VERB_WORDS = {
    "add": mark("加了"),
    "edit": mark("改了"),
    "change": mark("改了"),
    "retire": mark("停用了"),
    "remove": mark("去掉了"),
    "bring_back": mark("恢复了"),
    "arrange": mark("换了顺序"),
    "skills": mark("改了能办的业务"),
    "undo": mark("撤销了一次修改"),
    "close": mark("停了"),
    "reopen": mark("恢复了"),
    "open": mark("恢复了"),
    "move": mark("换了顺序"),
    "show": mark("恢复了"),
    "password_given": mark("给了新密码"),
    "password_chosen": mark("自己改了密码"),
    "role": mark("改了角色"),
    "disabled": mark("停用了"),
    "enabled": mark("恢复了"),
    "logged_out": mark("让他在所有地方退出"),
    "code": mark("要了开通码"),
    "enrol": mark("开通了"),
    "rename": mark("改了名"),
    "revoke": mark("停用了"),
    "choose": mark("选了打印机"),
    "try": mark("试了打印机"),
    "join": mark("加入了服务队"),
    "leave": mark("停用了"),
    "come_back": mark("恢复了"),
    "renew": mark("换了新卡"),
    "import": mark("导入了一份名单"),
    "take": mark("导入了一份目录"),
    "end": mark("不再举办"),
    "cancel_day": mark("取消了一天"),
    "hold_day": mark("照常举办"),
    "capacity": mark("改了一天的名额"),
    "stall": mark("加了摊位"),
    "confirm": mark("核了时长"),
    "withdraw": mark("撤回了补录"),
    "wechat": mark("换了微信码"),
    "read": mark("改了读音"),
    "record": mark("录了音"),
    "unrecord": mark("不用录音了"),
}

FIELD_WORDS = {
    "reading": mark("读音"),
    "recording": mark("录音"),
    "group": mark("属于哪一类"),
    "slug": mark("代码"),
    "code": mark("代码"),
    "name": mark("名称"),
    "name_en": mark("名称（英文）"),
    "letter": mark("号码的字母"),
    "icon": mark("图标"),
    "place": mark("地点"),
    "place_en": mark("地点（英文）"),
    "initials": mark("拼音首字母"),
    "duration_min": mark("一个人大约几分钟"),
    "hours": mark("时间"),
    "for_whom": mark("谁能取号"),
    "daily_cap": mark("一天最多几个号"),
    "is_popular": mark("放在首页"),
    "materials": mark("要带的东西"),
    "outcomes": mark("办完时问什么"),
    "retired": mark("停用"),
    "number": mark("窗口"),
    "services": mark("能办的业务"),
    "places": mark("顺序"),
    "head_start_min": mark("相当于早到几分钟"),
    "role": mark("角色"),
    "is_enabled": mark("可以登录"),
    "kind": mark("种类"),
    "way": mark("怎么开通的"),
    "is_let_in": mark("已开通"),
    "url": mark("打印机的地址"),
    "width_dots": mark("纸宽（点）"),
    "large": mark("大字"),
    "teams": mark("服务队"),
    "is_active": mark("在册"),
    "card": mark("第几次换卡"),
    "contact": mark("联系人"),
    "file": mark("文件"),
    "new": mark("新加"),
    "altered": mark("改动"),
    "stopped": mark("停用"),
    "back": mark("恢复"),
    "parts": mark("一共改了几处"),
    "added": mark("新来的人数"),
    "joined": mark("加入服务队的人数"),
    "returned": mark("恢复的人数"),
    "title": mark("名称"),
    "title_en": mark("名称（英文）"),
    "about": mark("介绍"),
    "about_en": mark("介绍（英文）"),
    "team_id": mark("主办的服务队"),
    "first_on": mark("第一天"),
    "starts": mark("几点开始"),
    "lasts_min": mark("多少分钟"),
    "rule": mark("怎样重复"),
    "capacity": mark("名额"),
    "early_min": mark("提前几分钟签到"),
    "grace_min": mark("结束后几分钟内签退"),
    "points_per_hour": mark("每小时积分"),
    "is_ended": mark("不再举办"),
    "stalls": mark("摊位"),
    "on": mark("日期"),
    "is_held": mark("举办"),
    "reason": mark("原因"),
    "minutes": mark("分钟"),
    "is_confirmed": mark("核过了"),
    "what": mark("做了什么"),
    "counts": mark("计入时长"),
    "post": mark("岗位"),
    "phone": mark("电话"),
    "address": mark("地址"),
    "wechat": mark("微信码"),
    "week": mark("星期和时间"),
    "cards": mark("找谁"),
    "1": mark("星期一"),
    "2": mark("星期二"),
    "3": mark("星期三"),
    "4": mark("星期四"),
    "5": mark("星期五"),
    "6": mark("星期六"),
    "7": mark("星期日"),
    "numbers_early_min": mark("提前几分钟取号"),
    "last_ticket_min": mark("提前几分钟停止取号"),
    "zh": mark("中文"),
    "en": mark("英文"),
    "from_at": mark("从"),
    "until_at": mark("到"),
    "ended_at": mark("撤下的时间"),
    "is_spoken": mark("大屏念出来"),
    "service_code": mark("业务"),
    "on_station": mark("在自助机上"),
    "on_board": mark("在大屏上"),
    "on_slip": mark("在小票上"),
    "on_phone": mark("在手机页上"),
    "ids": mark("顺序"),
    "like": mark("照"),
    "length": mark("多久内答复"),
    "unit": mark("按什么算"),
    "owner_id": mark("先给谁"),
    "grid": mark("网格"),
    "meaning": mark("什么意思"),
    "swatch": mark("颜色"),
    "is_public": mark("公共设施"),
    "is_sealed": mark("收下就封存"),
    "run_by": mark("谁管这个地方"),
    "criteria": mark("评哪几项"),
    "words": mark("说明"),
    "words_en": mark("说明（英文）"),
}

CODED: dict[tuple[str, str], Mapping[str, str]] = {
    ("event", "kind"): {
        "shift": mark("志愿服务（记时长）"),
        "activity": mark("活动"),
        "meeting": mark("议事会（记意见）"),
    },
    ("device", "kind"): {str(kind): words for kind, words in DEVICE_WORDS.items()},
    ("staff", "role"): {
        staff.Role.CLERK: mark("窗口"),
        staff.Role.DESK: mark("志愿者"),
        staff.Role.MANAGER: mark("主管"),
        staff.Role.ADMIN: mark("管理员"),
        staff.Role.VIEWER: mark("只看"),
        staff.Role.GRID: mark("网格员"),
        staff.Role.SECRETARY: mark("书记"),
        staff.Role.STREET: mark("街道"),
    },
    ("opening", "like"): {str(number): words for number, words in enumerate(DAY_WORDS, 1)},
    ("survey", "kind"): {str(kind): words for kind, words in PLACE_WORDS.items()},
    ("team", "kind"): {"team": mark("服务队"), "partner": mark("合伙人")},
}
"""Fields that hold a code: the words for what it means."""

SHORT: dict[tuple[str, str], Callable[[Any], str]] = {
    ("clip", "recording"): lambda value: str(value)[:4],  # the name of a file: enough to tell two apart
    (exchange.KIND, exchange.PARTS): lambda value: str(len(value)),
}
"""Fields of which a part is enough."""


FIELD_WORDS |= {name: words for name, (words, _) in RULE_WORDS.items()}

_PLACES = {field: place for place, field in enumerate(FIELD_WORDS)}


def kind_words(kind: str) -> str:
    """What a kind of thing is called; one of a newer version by its own name."""
    return say(KIND_WORDS[kind]) if kind in KIND_WORDS else kind


def verb_words(verb: str) -> str:
    """What was done."""
    return say(VERB_WORDS[verb]) if verb in VERB_WORDS else verb


def place_of(field: str) -> int:
    """Where a field stands among others: in the order of the forms, unknown ones last."""
    return _PLACES.get(field, len(_PLACES))


def field_words(field: str) -> str:
    """What a field is called."""
    return say(FIELD_WORDS[field]) if field in FIELD_WORDS else field


def value_words(value: Any, kind: str = "", field: str = "") -> str:
    """A value as staff read it: a list with its lines, nothing as a dash."""
    if value is None or value in ("", [], {}):
        return "—"
    if (kind, field) in SHORT:
        return SHORT[kind, field](value)
    if isinstance(value, str) and (kind, field) in CODED:
        return say(CODED[kind, field].get(value, value))
    if isinstance(value, bool):
        return say(mark("是")) if value else say(mark("否"))
    if isinstance(value, list):
        return say(mark("、")).join(value_words(one) for one in value)
    if isinstance(value, dict):
        if "text" in value:  # a material, an outcome: its other fields say how, not what
            return " ".join(str(value[name]) for name in ("text", "note", "reasons") if value.get(name))
        told = (f"{field_words(name)} {value_words(one, kind, name)}" for name, one in value.items())
        return say(mark("，")).join(told)
    return str(value)
