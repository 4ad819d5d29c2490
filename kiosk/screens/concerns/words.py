"""What states, verbs and reasons of concerns are called, for residents and for staff."""

from kiosk.concerns import (
    DeclineReason,
    PauseReason,
    Reached,
    State,
    Told,
    Unit,
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

REACHED_WORDS = {
    Reached.YES: mark("打通了，说过了"),
    Reached.NO: mark("没打通"),
    Reached.UNWILLING: mark("打通了，不愿多说"),
}

WHAT_WORDS = {
    What.ACCEPT: mark("签收"),
    What.CONTACT: mark("联系居民"),
    What.ANSWER: mark("答复"),
    What.RECHECK: mark("回头看"),
}
"""What a clock is about."""

UNIT_WORDS = {Unit.HOUR: mark("小时"), Unit.DAY: mark("天"), Unit.WORKDAY: mark("个工作日")}
