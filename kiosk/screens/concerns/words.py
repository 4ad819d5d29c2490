"""What states, verbs and reasons of concerns are called, for residents and for staff."""

from kiosk.concerns import (
    DeclineReason,
    PauseReason,
    State,
    Told,
    Unit,
    Verb,
    What,
)
from kiosk.words import mark

TOLD_WORDS = {
    State.NEW: mark("收到了，正在安排人"),
    State.OPEN: mark("有人在办了"),
    State.WAITING: mark("还在办，要等一等"),
    State.ANSWERED: mark("有答复了"),
    State.DONE: mark("办完了"),
    State.DECLINED: mark("这件事不归我们办"),
    State.MERGED: mark("别人也反映过，并在一起办"),
    State.WITHDRAWN: mark("您已经撤回"),
}
"""Each state as the holder of a receipt is told it."""

PAUSE_WORDS = {
    PauseReason.NOT_REACHED: mark("联系不上您"),
    PauseReason.PAPERS: mark("缺材料"),
    PauseReason.OUTSIDE: mark("等别的单位"),
    PauseReason.WEATHER: mark("等天气"),
    PauseReason.PLAN: mark("排在工程计划里"),
    PauseReason.VOTE: mark("等业主表决"),
}

DECLINE_WORDS = {
    DeclineReason.COURT: mark("法院或仲裁"),
    DeclineReason.PETITION: mark("信访部门"),
    DeclineReason.DISCIPLINE: mark("纪委监委 12388"),
    DeclineReason.MARKET: mark("市场上自己找"),
    DeclineReason.OTHER: mark("别的地方"),
}

HOW_TOLD = {
    Told.RECEIPT: mark("凭小票看"),
    Told.PHONE: mark("打电话说了"),
    Told.HERE: mark("当面说了"),
    Told.DOOR: mark("上门说了"),
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
    Verb.TOLD: mark("并到的那件有答复"),
    Verb.UNDO: mark("撤销"),
    Verb.REPRINT: mark("补打了小票"),
    Verb.WIPE: mark("删了录音和手写"),
    Verb.RECOUNT: mark("放假安排变了，期限重新算"),
}

WHAT_WORDS = {
    What.ACCEPT: mark("签收"),
    What.CONTACT: mark("联系居民"),
    What.ANSWER: mark("答复"),
    What.RECHECK: mark("回头看"),
}
"""What a clock is about."""

UNIT_WORDS = {Unit.HOUR: mark("小时"), Unit.DAY: mark("天"), Unit.WORKDAY: mark("个工作日")}
