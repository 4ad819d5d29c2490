"""What figures of concerns are called, and what each is counted from: it stands under the figure itself."""

from kiosk.figures.opinions.rules import Count, Group, Name
from kiosk.words import mark

NAMES = {
    Name.CLOSED: mark("办结率"),
    Name.IN_TIME: mark("按时办结率"),
    Name.IN_TIME_UNPAUSED: mark("按时办结率（暂停也算时间）"),
    Name.SOLVED: mark("解决率"),
    Name.CONTENT: mark("满意率"),
    Name.ACCEPTED: mark("按时签收率"),
    Name.CONTACTED: mark("响应率"),
    Name.RECHECKED: mark("回头看合格率"),
    Name.REOPENED: mark("再办率"),
    Name.FORESEEN: mark("未诉先办占比"),
}

DEFINITIONS = {
    Name.CLOSED: mark(
        "已答复、已办结、不予受理 ÷ 应办结。应办结：这些天里到期还没答复的，和这些天里答复的；"
        "任务、表扬、并入别件的、撤回的不算"
    ),
    Name.IN_TIME: mark("期限以内答复 ÷ 应办结。期限按现在的算，暂停的日子不算在内，延期以后的算"),
    Name.IN_TIME_UNPAUSED: mark("同上，只是暂停的日子也算时间"),
    Name.SOLVED: mark(
        "居民说“解决了” ÷ 居民说了的（解决了、一半、没有）。一半不是解决；没有回音的不算，件数另外写着"
    ),
    Name.CONTENT: mark("非常满意、满意、基本满意 ÷ 对答复评了的"),
    Name.ACCEPTED: mark("期限以内有人签收 ÷ 这些天里该签收的"),
    Name.CONTACTED: mark("期限以内第一次联系 ÷ 留了电话、这些天里该联系的"),
    Name.RECHECKED: mark("回头看合格 ÷ 这些天里回头看的"),
    Name.REOPENED: mark("后来又办的 ÷ 这些天里答复的。答复后三十天里还会变"),
    Name.FORESEEN: mark("巡查、入户、到期提醒来的 ÷ 这些天里收下的"),
}
"""In the words of a formula: what counts ÷ what it is counted from."""

COUNTS = {
    Count.TAKEN: mark("收下"),
    Count.ANSWERED: mark("答复"),
    Count.SAID_SOLVED: mark("居民说解决了"),
    Count.SILENT: mark("居民没有回音"),
    Count.PAUSED: mark("暂停"),
    Count.EXTENDED: mark("延期"),
    Count.SENT_BACK: mark("退回"),
    Count.DECLINED: mark("不予受理"),
    Count.WITHDRAWN: mark("居民撤回"),
    Count.MERGED: mark("并到别的里"),
}

EVERY: dict[str, str] = {str(key): told for key, told in (*NAMES.items(), *COUNTS.items())}

GROUPS = {Group.CATEGORY: mark("按类别"), Group.PLACE: mark("按地方"), Group.SOURCE: mark("按来源")}
HEADS = {Group.CATEGORY: mark("类别"), Group.PLACE: mark("地方"), Group.SOURCE: mark("来源")}
NO_PLACE = mark("没有说地方")
