"""What is said at events, to volunteers and to who signs in."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "events": (
        "这是今天和这一周的活动，请点一下看看。",
        "These are the events of today and this week. Please touch one.",
    ),
    "no_events": (
        "这一周还没有安排活动。",
        "No events are planned for this week.",
    ),
    "event": (
        "有卡或小票，请扫一下签到。没有，请按大按钮。",
        "If you have a card or slip, scan it to sign in. If not, press the big button.",
    ),
    "event_card": (
        "有卡，请扫一下签到。没有，请按大按钮。",
        "If you have a card, scan it to sign in. If not, press the big button.",
    ),
    "event_later": (
        "还没到签到的时间，您可以先报名。",
        "It is too early to sign in. You can put your name down now.",
    ),
    "event_leaving": (
        "活动结束了。要签退，请按大按钮。",
        "The event is over. To sign out, press the big button.",
    ),
    "event_off": (
        "这次活动取消了，或者已经结束。请看看别的活动。",
        "This event is cancelled, or it is over. Please see the others.",
    ),
    "event_over": (
        "这次活动已经结束了。请看看别的活动。",
        "This event is over. Please see the others.",
    ),
    "event_others": (
        "您要做什么？请点一下。",
        "What would you like to do? Please touch it.",
    ),
    "which_one": (
        "请点一下您自己的姓。",
        "Please touch your own family name.",
    ),
    "nobody_found": (
        "没有找到。请再按一次，也可以请工作人员帮您。",
        "Nobody was found. Please try again, or ask the staff.",
    ),
    "how_many": (
        "一共来几个人？请点一下。",
        "How many of you are there? Please touch the number.",
    ),
    "phone_or_none": (
        "请按手机号码的后四位。不想留，请按不留号码。",
        "Please press the last four digits of your phone number. You may also leave none.",
    ),
    "signed_in": (
        "签到好了，欢迎您。",
        "You are signed in. Welcome.",
    ),
    "signed_in_slip": (
        "签到好了，请拿好小票。",
        "You are signed in. Please take your slip.",
    ),
    "signed_out": (
        "签退好了，您辛苦了，请慢走。",
        "You are signed out. Thank you for your help. Goodbye.",
    ),
    "welcome": (
        "欢迎您，请随便看看。",
        "Welcome. Please look around.",
    ),
    "put_down": (
        "报名好了。请拿好小票，来的那天扫一扫。",
        "Your name is down. Please take your slip, and scan it when you come.",
    ),
    "put_down_without_slip": (
        "报名好了。小票没有打出来，请记住您的报名号。",
        "Your name is down. The slip did not print. Please remember your number.",
    ),
    "noted_for_check": (
        "记下了，工作人员会核对，您不用再签。",
        "Noted. The staff will check it. You need not sign again.",
    ),
    "already_in": (
        "您已经签到了，不用再签。",
        "You are signed in already.",
    ),
    "not_in": (
        "您还没有签到，请先签到。",
        "You are not signed in yet. Please sign in first.",
    ),
    "not_ours": (
        "这张码在这里用不了，请找工作人员。",
        "This code does not work here. Please ask the staff.",
    ),
    "old_card": (
        "这张已经不能用了，请用新的，或者找工作人员。",
        "This one is no longer valid. Please use the new one, or ask the staff.",
    ),
    "wrong_event": (
        "不是这个活动的。请找一找您的活动，或者问工作人员。",
        "This is for another event. Please look for yours, or ask the staff.",
    ),
    "too_early": (
        "还没到签到的时间，请看屏幕。",
        "It is too early to sign in. Please see the screen.",
    ),
    "full": (
        "名额已经满了。请看看别的活动，或者问工作人员。",
        "All places are taken. Please see the other events, or ask the staff.",
    ),
    "stalls": (
        "请点一下要去的摊位，取一个号。",
        "Please touch the stall that you want, and get a number.",
    ),
}

CHOICES: Final[dict[str, tuple[str, str]]] = {
    "choice-that-is-it": ("就是这个", "That is it"),
    "choice-mine": ("是我的，再打一张", "Yes, print it again"),
    "choice-not-mine": ("不是，再找找", "No, keep looking"),
    "choice-here": ("我来了", "I am here"),
    "choice-leaving": ("我要走了", "I am leaving"),
    "choice-put-down": ("先报名", "Put my name down"),
    "choice-stalls": ("到摊位取号", "Number for a stall"),
    "choice-first-time": ("我第一次来", "It is my first time"),
    "choice-looking": ("我随便看看", "I am just looking"),
    "choice-next-person": ("再签一位", "Next person"),
    "choice-see-events": ("看看活动", "See the events"),
    "choice-there": ("现在在", "There now"),
    "choice-not-there": ("现在不在", "Not there now"),
    "choice-cancelled": ("已取消", "cancelled"),
    "choice-over": ("已经结束", "Over"),
    "choice-people-1": ("一个人", "One person"),
    "choice-people-2": ("两个人", "Two people"),
    "choice-people-3": ("三个人", "Three people"),
    "choice-people-4": ("四个人", "Four people"),
    "choice-people-5": ("五个人", "Five people"),
    "choice-people-6": ("六个人", "Six people"),
}
