"""What kinds, sources, states and outcomes of concerns are called, wherever somebody reads of them."""

from kiosk.concerns.rules import Kind, Outcome, Solved, Source, State, Verb
from kiosk.words import mark

STATE_WORDS = {
    State.NEW: mark("待受理"),
    State.OPEN: mark("办理中"),
    State.WAITING: mark("暂停"),
    State.ANSWERED: mark("已答复"),
    State.DONE: mark("已办结"),
    State.DECLINED: mark("不予受理"),
    State.MERGED: mark("已并入"),
    State.WITHDRAWN: mark("已撤回"),
}

KIND_WORDS = {
    Kind.SUGGESTION: mark("建议"),
    Kind.COMPLAINT: mark("反映"),
    Kind.NEED: mark("需求"),
    Kind.QUESTION: mark("咨询"),
    Kind.PRAISE: mark("表扬"),
    Kind.HOPE: mark("心愿"),
    Kind.CASE: mark("代办"),
    Kind.FINDING: mark("整改"),
    Kind.TASK: mark("任务"),
    Kind.REMINDER: mark("提醒"),
}

SOURCE_WORDS = {
    Source.STATION: mark("自助机"),
    Source.COUNTER: mark("窗口"),
    Source.DESK: mark("服务台"),
    Source.CALL: mark("电话"),
    Source.WECHAT: mark("微信"),
    Source.DOOR: mark("入户走访"),
    Source.STAIRWELL: mark("楼道长"),
    Source.MEETING: mark("会议"),
    Source.PATROL: mark("巡查"),
    Source.RATING: mark("评价"),
    Source.SHEET: mark("评分表"),
    Source.STREET: mark("街道"),
    Source.HOTLINE: mark("12345热线"),
    Source.DATE: mark("到期提醒"),
}

OUTCOME_WORDS = {
    Outcome.SOLVED: mark("办成了"),
    Outcome.PARTLY: mark("办成一部分"),
    Outcome.EXPLAINED: mark("说明了情况"),
    Outcome.PLANNED: mark("列入计划"),
    Outcome.IMPOSSIBLE: mark("办不了"),
}

SOLVED_WORDS = {
    Solved.YES: mark("解决了"),
    Solved.HALF: mark("解决了一半"),
    Solved.NO: mark("没有解决"),
}

VERB_WORDS = {
    Verb.TAKE_IN: mark("收下"),
    Verb.SETTLE: mark("当场办结"),
    Verb.ACCEPT: mark("签收"),
    Verb.HAND_OVER: mark("转办"),
    Verb.SEND_BACK: mark("退回"),
    Verb.STEP: mark("进展"),
    Verb.PAUSE: mark("暂停"),
    Verb.RESUME: mark("继续办"),
    Verb.EXTEND: mark("延期"),
    Verb.ANSWER: mark("答复"),
    Verb.AGREE: mark("居民说解决了"),
    Verb.LAPSE: mark("居民没有回音"),
    Verb.REOPEN: mark("再办"),
    Verb.RECHECK: mark("回头看"),
    Verb.CLOSE: mark("销号"),
    Verb.DECLINE: mark("不予受理"),
    Verb.MERGE: mark("并到别的里"),
    Verb.GATHER: mark("并进来一件"),
    Verb.UNMERGE: mark("分出来"),
    Verb.WITHDRAW: mark("居民撤回"),
    Verb.SEAL: mark("封存"),
    Verb.SAY_MORE: mark("居民又说"),
    Verb.SUM_UP: mark("写了一句话"),
    Verb.SORT: mark("归类"),
    Verb.LOOK: mark("看了电话"),
    Verb.CALL_BACK: mark("回访"),
    Verb.TOLD: mark("并到的那件有答复"),
    Verb.UNDO: mark("撤销"),
    Verb.REPRINT: mark("补打了小票"),
    Verb.WIPE: mark("删了录音和手写"),
    Verb.RECOUNT: mark("放假安排变了，期限重新算"),
}
