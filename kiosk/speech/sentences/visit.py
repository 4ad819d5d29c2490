"""What is said from home to a number, its slip, and the cards of whom to ask."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "home": (
        "您好，请点一下您要办的事。",
        "Hello. Please touch what you came for.",
    ),
    "not_ready": (
        "这里还没有准备好，现在取不了号。请找工作人员。",
        "This place is not ready yet. Please ask the staff.",
    ),
    "group": (
        "请点一下您要办的事。没有找到，请点返回。",
        "Please touch what you came for. If it is not here, touch back.",
    ),
    "letters": (
        "您要办的事，第一个字的拼音是什么字母？请点一下。",
        "What letter does it begin with? Please touch that letter.",
    ),
    "service": (
        "请看一看，要带的东西带齐了吗？带齐了，请按大按钮取号。",
        "Please check that you have everything on the list. Then press the big button to get a number.",
    ),
    "for_someone_else": (
        "替别人办，还要带上您自己的身份证。带齐了，请按大按钮取号。",
        "To do this for someone else, bring your own ID card too. Then press the big button.",
    ),
    "missing": (
        "东西没带齐也不要紧。您可以先问一问，也可以照样取号。",
        "If something is missing, do not worry. You can ask the staff first, or get a number anyway.",
    ),
    "taken": (
        "您的号取好了，请记住您的号码，拿好小票，到等候区等叫号。",
        "Here is your number. Please remember it, take your slip, and wait to be called.",
    ),
    "taken_without_slip": (
        "您的号取好了。小票没有打出来，请记住您的号码，到等候区等叫号。",
        "Here is your number. The slip did not print. Please remember your number, and wait to be called.",
    ),
    "already": (
        "您已经取过号了，这就是您的号。",
        "You already have a number. Here it is.",
    ),
    "closed": (
        "这件事现在不能取号。请看屏幕上的时间，也可以问一问工作人员。",
        "This is closed at the moment. Please see the hours on the screen, or ask the staff.",
    ),
    "used_up": (
        "今天的号已经取完了，请到窗口问一问工作人员。",
        "All numbers for today are taken. Please ask the staff.",
    ),
    "cards": (
        "请点一下您要找的人。",
        "Please touch the person you are looking for.",
    ),
    "card": (
        "这是联系卡。要带走，请按打印。",
        "This is the contact card. To take it with you, press print.",
    ),
    "card_without_printer": (
        "这是联系卡。请用手机扫一扫，或者抄下来。",
        "This is the contact card. Scan it with your phone, or write it down.",
    ),
    "printing": (
        "正在打印，请稍等。打好了请拿走。",
        "Printing. Please wait a moment, then take your slip.",
    ),
    "printed": (
        "打好了，请拿走。",
        "It is printed. Please take it.",
    ),
    "not_found": (
        "没有找到这一页，请按返回，重新开始。",
        "This page was not found. Please touch back, and start again.",
    ),
    "ticket_over": (
        "这个号已经不能用了。要办事，请重新取号。",
        "This number is no longer valid. Please get a new number.",
    ),
    "lost": (
        "小票丢了不要紧。您取的是什么号？请点一下。",
        "Lost your slip? No problem. What is your number for? Please touch it.",
    ),
    "lost_for": (
        "您取的是什么号？请点一下。",
        "What is your number for? Please touch it.",
    ),
    "lost_list": (
        "请点一下您的号码。",
        "Please touch your number.",
    ),
    "lost_none": (
        "没有找到。请再找一次，也可以请工作人员帮您。",
        "It was not found. Please look again, or ask the staff.",
    ),
    "lost_one": (
        "这是您的号吗？是的，请按大按钮。",
        "Is this your number? If it is, press the big button.",
    ),
    "reprinted": (
        "新的小票在打了，旧的那一张不能用了。",
        "Your new slip is printing. The old one is no longer valid.",
    ),
    "rejoined": (
        "您又排上了，请坐着等叫号。",
        "You are back in line. Please wait to be called.",
    ),
    "come_back": (
        "您回来了，马上就轮到您。",
        "Welcome back. It is your turn soon.",
    ),
    "misread": (
        "没有读清楚，请再扫一次，也可以请工作人员帮您。",
        "The code was not clear. Please scan again, or ask the staff.",
    ),
    "stands": (
        "这是您的号，请看屏幕。",
        "This is your number. Please see the screen.",
    ),
    "lacking": (
        "东西没带齐也不要紧。可以先问一问，回家拿，也可以照样取号。",
        "If something is missing, do not worry. Ask first, fetch it from home, or get a number anyway.",
    ),
    "priority": (
        "有这样情况的，可以优先。请点一下。",
        "If one of these is true of you, you may go first. Please touch it.",
    ),
    "not_here": (
        "没有找到要办的事不要紧，工作人员帮您。请点一下。",
        "If you have not found what you came for, the staff will help you. Please touch what fits.",
    ),
    "resting": (
        "现在不办理，取不了号。什么时候开始，请看屏幕。",
        "We are closed now, and there are no numbers. The screen shows when we begin again.",
    ),
}

CHOICES: Final[dict[str, tuple[str, str]]] = {
    "choice-back": ("返回", "Back"),
    "choice-home": ("回首页", "Home"),
    "choice-more": ("更多业务", "More services"),
    "choice-letters": ("按字母找", "Find by letter"),
    "choice-before": ("前面的", "Earlier"),
    "choice-next": ("后面的", "Later"),
    "choice-others": ("其他", "Others"),
    "choice-ask-window": ("请到窗口问一问", "Please ask at a window"),
    "choice-not-here": ("没有找到？问工作人员", "Not here? Ask the staff"),
    "choice-self": ("给自己办", "For myself"),
    "choice-other": ("替别人办", "For someone else"),
    "choice-take": ("带齐了，取号", "Get a number"),
    "choice-lacking": ("缺东西？", "Something missing?"),
    "choice-ask": ("先咨询", "Ask first"),
    "choice-fetch": ("先回家拿", "Fetch it first"),
    "choice-anyway": ("没带齐，照样取号", "Get one anyway"),
    "choice-priority": ("可以优先的，请点这里", "May you go first? Touch here"),
    "choice-first": ("优先", "Priority"),
    "choice-no-priority": ("不用优先", "No priority"),
    "choice-bring": ("要带的东西", "What to bring"),
    "choice-agents-own": ("您自己要带", "You yourself bring"),
    "choice-theirs": ("要办事的人，要带", "And of the person it is for"),
    "choice-nothing": ("不用带东西", "Nothing to bring"),
    "choice-nothing-more": ("不用带别的", "Nothing else to bring"),
    "choice-if-any": ("有就带上", "if you have it"),
    "choice-down": ("往下看", "More below"),
    "choice-closed": ("现在不能取号", "No numbers now"),
    "choice-another": ("再取一张", "One more"),
    "choice-done": ("完成", "Done"),
    "choice-phone": ("手机扫一扫，看排到哪了", "Scan to follow the queue"),
    "choice-code": ("拍下来，工作人员一扫就找到您", "Photograph it: the staff can scan it"),
    "choice-again": ("再试一次", "Try again"),
    "choice-contact": ("联系书记", "Contact"),
    "choice-events": ("活动", "Events"),
    "choice-lost": ("小票丢了", "Lost slip"),
    "choice-assist": ("志愿者帮人取号", "Volunteers: numbers for others"),
    "choice-end": ("结束", "End"),
    "choice-phone-left": ("留过手机后四位", "I left four phone digits"),
    "choice-press-again": ("重新按", "Press again"),
    "choice-correct": ("改", "Correct"),
    "choice-leave-none": ("不留号码", "Leave none"),
    "choice-older": ("更早的", "Further back"),
    "choice-print-card": ("打印联系卡", "Print this card"),
    "choice-save-card": ("存到手机通讯录", "Save to your phone"),
    "choice-wechat": ("加微信", "Add on WeChat"),
    "choice-whom": ("不知道找谁", "Not sure whom to ask"),
}
