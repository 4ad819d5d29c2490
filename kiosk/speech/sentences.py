"""The fixed sentences that station and board say, word for word, in both languages."""

from typing import Final, Literal

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "home": (
        "您好，请点一下您要办的事。",
        "Hello. Please touch what you came for.",
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
        "请看一看，要带的东西带齐了吗？带齐了，请按下面的大按钮取号。",
        "Please check that you have everything on the list. Then press the big button below to get a number.",
    ),
    "for_someone_else": (
        "替别人办，还要带上您自己的身份证。带齐了，请按下面的大按钮取号。",
        "To do this for someone else, bring your own ID card too. Then press the big button below.",
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
    "printing": (
        "正在打印，请稍等。打好了请拿走。",
        "Printing. Please wait a moment, then take your slip.",
    ),
    "printed": (
        "打好了，请拿走。",
        "It is printed. Please take it.",
    ),
    "not_printed": (
        "没有打出来，请到窗口，工作人员帮您打印。",
        "It did not print. Please go to a window, and the staff will print it for you.",
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
        "小票丢了不要紧。请点一下您要办的事。",
        "Lost your slip? No problem. Please touch what you came for.",
    ),
    "lost_list": (
        "请点一下您的号码，我们再打一张。",
        "Please touch your number, and we will print it again.",
    ),
    "lost_none": (
        "没有找到。请再找一次，也可以请工作人员帮您。",
        "It was not found. Please look again, or ask the staff.",
    ),
    "lost_one": (
        "这是您的号吗？是的，请按大按钮，再打一张小票。",
        "Is this your number? If it is, press the big button, and we will print it again.",
    ),
    "reprinted": (
        "新的小票在打了，旧的那一张不能用了。",
        "Your new slip is printing. The old one is no longer valid.",
    ),
    "help": (
        "需要帮忙吗？请点一下。",
        "Do you need help? Please touch what fits.",
    ),
    "rate_idle": (
        "办完以后，请在这里评一评。",
        "When you are done, please say here how it was.",
    ),
    "rate_ask": (
        "办得怎么样？请按一张脸。愿意就按，不按也行。",
        "How was it? Please press a face, if you like.",
    ),
    "rate_why": (
        "谢谢您。是因为什么？请按一个。",
        "Thank you. Why is that? Please press one.",
    ),
    "rate_thanks": (
        "谢谢您的评价，请慢走。",
        "Thank you. Goodbye.",
    ),
    "concern_what": (
        "您要说哪件事？请点一下图，不用打字。",
        "What is it about? Touch a picture. Nothing has to be typed.",
    ),
    "concern_urgent": (
        "有危险，请马上打电话。报警打一一零，着火打一一九，救人打一二零。",
        "In danger, call at once. Police one one zero, fire one one nine, ambulance one two zero.",
    ),
    "concern_where": (
        "在哪里？请点一下。不清楚，就点不清楚。",
        "Where is it? Touch the place. If you do not know, touch not sure.",
    ),
    "concern_say": (
        "还要说什么吗？不说也行，点就这样。",
        "Is there more to say? If not, touch that is all.",
    ),
    "concern_voice": (
        "点同意，就开始录音，最多一分钟。只有工作人员听，办完三十天后删除。",
        "Touch I agree, and talk, a minute at most. Only the staff hear it. It is deleted after thirty days.",
    ),
    "concern_ink": (
        "请用手指在白框里写。写好了，点写好了。",
        "Please write with a finger in the white box. Then touch done.",
    ),
    "concern_how": (
        "记下来之前，请看一看对不对。怎么告诉您结果？不留号码也可以。",
        "Please check what will be written down. How shall we tell you? You need not leave a number.",
    ),
    "concern_phone": (
        "请按您的手机号码。办好了，我们打电话告诉您。",
        "Please press your mobile number. We call you when it is done.",
    ),
    "concern_title": (
        "怎么称呼您？请点一下。",
        "What shall we call you? Please touch one.",
    ),
    "concern_taken": (
        "已经记下来了。请拿好小票，扫它就能查办到哪了。",
        "It is written down. Take your slip. Scan it to see how far it is.",
    ),
    "concern_without_slip": (
        "已经记下来了。小票没有打出来，请记住屏幕上的号码。",
        "It is written down. The slip did not print. Please remember the number on the screen.",
    ),
    "concern_slip": (
        "这是您说过的事，现在办到这里。",
        "This is what you told us, and how far it is.",
    ),
    "concern_answered": (
        "您说的事有答复了。解决了吗？请点一下。",
        "There is an answer. Is it solved? Please touch one.",
    ),
    "concern_noted": (
        "知道了，谢谢您。",
        "Noted. Thank you.",
    ),
    "concern_sure": (
        "真的要撤回吗？撤回以后，就不办了。",
        "Really take it back? Then nobody works on it any more.",
    ),
    "plea_bell": (
        "要帮忙，请按这里。",
        "If you need help, touch here.",
    ),
    "plea": (
        "要帮忙吗？不舒服，请按上面的大按钮。要人帮忙，请按下面的。",
        "Do you need help? If you feel unwell, touch the first button. For anything else, touch the second.",
    ),
    "plea_unwell": (
        "我不舒服。",
        "I feel unwell.",
    ),
    "plea_help": (
        "要人帮忙。",
        "I need a person.",
    ),
    "plea_not_needed": (
        "不用了。",
        "I need nobody.",
    ),
    "plea_help_rings": (
        "知道了，马上有人来，请等一等。",
        "We know. Somebody is coming. Please wait a moment.",
    ),
    "plea_unwell_rings": (
        "知道了，马上有人来。请先坐下，不要急。",
        "We know. Somebody is coming. Please sit down and stay calm.",
    ),
    "plea_late": (
        "还没有人来，请到窗口，工作人员帮您。",
        "Nobody has come yet. Please go to a window, and the staff will help you.",
    ),
    "plea_unwell_late": (
        "还没有人来。请旁边的人到窗口叫一声。",
        "Nobody has come yet. Would somebody near please tell the staff at a window.",
    ),
    "plea_comes_clerk": (
        "窗口人员来了，请稍等。",
        "Somebody from a window is coming. Please wait.",
    ),
    "plea_comes_desk": (
        "志愿者来了，请稍等。",
        "A volunteer is coming. Please wait.",
    ),
    "plea_comes_manager": (
        "主管来了，请稍等。",
        "The manager is coming. Please wait.",
    ),
    "plea_comes_admin": (
        "管理员来了，请稍等。",
        "The administrator is coming. Please wait.",
    ),
    "wish_slow": (
        "我走得慢，叫到我请多等一会儿。",
        "I walk slowly. Please give me more time.",
    ),
    "wish_staff": (
        "轮到我，请人来找我。",
        "Please come to me when it is my turn.",
    ),
    "wish_hearing": (
        "我听不见，请看着我，走过来叫我。",
        "I cannot hear. Please come to me and show me.",
    ),
    "wish_phone": (
        "留手机后四位。小票丢了，用这四位数能找到。",
        "Leave four digits of my phone. They find my number if the slip is lost.",
    ),
    "hearing_noted": (
        "知道了。叫到您，工作人员会走过来叫您，也请看大屏。",
        "Noted. The staff will come to you. Please watch the display too.",
    ),
    "slow_noted": (
        "知道了。叫到您，请慢慢走，我们等您。",
        "Noted. When you are called, take your time. We will wait for you.",
    ),
    "staff_comes": (
        "知道了。请坐着等，工作人员会来找您。",
        "Noted. Please stay seated. The staff will come to you.",
    ),
    "phone_tail": (
        "请按手机号码的后四位。",
        "Please press the last four digits of your phone number.",
    ),
    "phone_noted": (
        "记好了。小票丢了，用这四位数也能找到。",
        "Noted. If you lose your slip, these four digits will find it.",
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
    "ask_staff": (
        "请扫您的卡，也可以请工作人员帮您。",
        "Please scan your card, or ask the staff.",
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
    "problem": (
        "机器出了点问题。请到窗口，工作人员帮您取号。",
        "Something went wrong. Please go to a window, and the staff will get a number for you.",
    ),
    "too_fast": (
        "请等一下，再按一次。",
        "Please wait a moment, then press again.",
    ),
    "still_here": (
        "您还在吗？请按继续。",
        "Are you still here? Please press continue.",
    ),
    "goodbye": (
        "谢谢您，请慢走。",
        "Thank you. Goodbye.",
    ),
    "large_text": (
        "字变大了。",
        "The text is larger now.",
    ),
    "slow_voice": (
        "我说慢一点。",
        "I will speak more slowly.",
    ),
    "board_muted": (
        "声音已经打开。",
        "The sound is on.",
    ),
    "high_contrast": (
        "颜色变清楚了。",
        "The colours are stronger now.",
    ),
    "low_controls": (
        "按钮放低了，坐着也够得到。",
        "The buttons are lower now, within reach from a chair.",
    ),
    "as_before": (
        "变回原来的样子了。",
        "It is as it was before.",
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
    "assisted": (
        "帮人取号，请点一下要办的事。",
        "Getting numbers for others. Please touch the service.",
    ),
    "assisted_code": (
        "请按今天的六位口令。不知道的，请问工作人员。",
        "Please press the six digits of today. If you do not know them, ask the staff.",
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
    "choice-not-here": ("没有找到？问工作人员", "Not here? Ask the staff"),
    "choice-self": ("给自己办", "For myself"),
    "choice-other": ("替别人办", "For someone else"),
    "choice-take": ("带齐了，取号", "Get a number"),
    "choice-lacking": ("缺东西？", "Something missing?"),
    "choice-ask": ("先咨询", "Ask first"),
    "choice-fetch": ("先回家拿", "Fetch it first"),
    "choice-anyway": ("没带齐，照样取号", "Get one anyway"),
    "choice-priority": ("可以优先的，请点这里", "May you go first? Touch here"),
    "choice-no-priority": ("不用优先", "No priority"),
    "choice-nothing": ("不用带东西", "Nothing to bring"),
    "choice-nothing-more": ("不用带别的", "Nothing else to bring"),
    "choice-if-any": ("有就带上", "if you have it"),
    "choice-down": ("往下看", "More below"),
    "choice-closed": ("现在不能取号", "No numbers now"),
    "choice-another": ("再取一张", "One more"),
    "choice-help": ("要帮忙", "Need help"),
    "choice-done": ("完成", "Done"),
    "choice-phone": ("手机扫一扫，看排到哪了", "Scan to follow the queue"),
    "choice-again": ("再试一次", "Try again"),
    "choice-secretary": ("联系书记", "Contact"),
    "choice-call-staff": ("请工作人员过来", "Ask the staff to come"),
    "choice-advice": ("取一个咨询号", "Get a number for advice"),
    "choice-assist": ("志愿者帮人取号", "Volunteers: numbers for others"),
    "choice-end": ("结束", "End"),
    "choice-phone-left": ("留过手机后四位", "I left four phone digits"),
    "choice-press-again": ("重新按", "Press again"),
    "choice-correct": ("改", "Correct"),
    "choice-that-is-it": ("就是这个", "That is it"),
    "choice-leave-none": ("不留号码", "Leave none"),
    "choice-older": ("更早的", "Further back"),
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
    "choice-print-card": ("打印联系卡", "Print this card"),
    "choice-save-card": ("存到手机通讯录", "Save to your phone"),
    "choice-wechat": ("加微信", "Add on WeChat"),
    "choice-whom": ("不知道找谁", "Not sure whom to ask"),
    "choice-there": ("现在在", "There now"),
    "choice-not-there": ("现在不在", "Not there now"),
    "choice-cancelled": ("已取消", "Cancelled"),
    "choice-about": ("看介绍", "Read more"),
    "choice-people-1": ("一个人", "One person"),
    "choice-people-2": ("两个人", "Two people"),
    "choice-people-3": ("三个人", "Three people"),
    "choice-people-4": ("四个人", "Four people"),
    "choice-people-5": ("五个人", "Five people"),
    "choice-people-6": ("六个人", "Six people"),
    "choice-grade-5": ("非常满意", "Very satisfied"),
    "choice-grade-4": ("满意", "Satisfied"),
    "choice-grade-3": ("基本满意", "Mostly satisfied"),
    "choice-grade-2": ("不满意", "Not satisfied"),
    "choice-grade-1": ("非常不满意", "Not satisfied at all"),
    "choice-quick": ("快", "Quick"),
    "choice-patient": ("耐心", "Patient"),
    "choice-clear": ("一次说清", "Clear at once"),
    "choice-one-trip": ("不用多跑", "One trip was enough"),
    "choice-pleasant": ("环境好", "A pleasant place"),
    "choice-helped": ("帮了大忙", "A great help"),
    "choice-slow": ("等太久", "Too long a wait"),
    "choice-manner": ("态度不好", "Unfriendly"),
    "choice-unclear": ("说不清", "Not clear"),
    "choice-many-trips": ("让我多跑", "Too many trips"),
    "choice-more-papers": ("多要材料", "Too many papers"),
    "choice-not-done": ("没办成", "Not done"),
    "choice-no-more": ("不说了", "Nothing to add"),
    "choice-fine": ("好了", "Good"),
    "choice-concern": ("我要说", "I have something to say"),
    "choice-danger": ("有危险", "Danger"),
    "choice-danger-110": ("有人打架，偷东西，孩子有危险", "A fight, a theft, a child in danger"),
    "choice-danger-119": ("着火，煤气味，有人被困", "Fire, a smell of gas, somebody trapped"),
    "choice-danger-120": ("有人受伤，病得厉害", "Somebody is hurt or very ill"),
    "choice-concern-power": ("停水停电", "No water or power"),
    "choice-concern-lights": ("楼道灯路灯", "Lights"),
    "choice-concern-rubbish": ("垃圾卫生", "Rubbish and cleaning"),
    "choice-concern-noise": ("太吵了", "Too noisy"),
    "choice-concern-help": ("家里要帮忙", "Help at home"),
    "choice-concern-parking": ("停车和充电", "Parking and charging"),
    "choice-concern-property": ("物业的事", "The property office"),
    "choice-concern-staff": ("工作人员的事", "About the staff"),
    "choice-concern-idea": ("我有建议", "I have an idea"),
    "choice-concern-other": ("别的事", "Something else"),
    "choice-not-sure": ("不清楚", "Not sure"),
    "choice-me-too": ("也算我一个", "Me too"),
    "choice-known": ("已经有人反映，正在办", "Somebody has said so, it is being worked on"),
    "choice-that-is-all": ("就这样", "That is all"),
    "choice-picture-does": ("图和地方就够了", "The picture and the place are enough"),
    "choice-speak": ("说给我们听", "Tell us aloud"),
    "choice-a-minute": ("最多一分钟", "A minute at most"),
    "choice-write": ("用手指写", "Write with a finger"),
    "choice-on-screen": ("写在屏幕上", "On the screen"),
    "choice-agree": ("同意，开始说", "I agree, start"),
    "choice-said-all": ("说完了", "I have said it"),
    "choice-hear-it": ("听一听", "Hear it"),
    "choice-say-again": ("重新说", "Say it again"),
    "choice-use-it": ("就用这段", "Use this one"),
    "choice-wipe": ("擦掉重写", "Wipe and write again"),
    "choice-written": ("写好了", "Done writing"),
    "choice-slip-alone": ("拿小票来看结果", "Use the slip to see the result"),
    "choice-leave-tail": ("留后四位", "Leave four digits"),
    "choice-no-call": ("认得出是您，不打电话", "We know it is you, and do not call"),
    "choice-leave-phone": ("留电话", "Leave a number"),
    "choice-call": ("办好了打电话告诉您", "We call you when it is done"),
    "choice-uncle": ("大爷", "Uncle"),
    "choice-auntie": ("大妈", "Auntie"),
    "choice-sir": ("先生", "Sir"),
    "choice-madam": ("女士", "Madam"),
    "choice-say-for-me": ("请工作人员帮我说", "Ask the staff to say it for me"),
    "choice-solved": ("解决了", "Solved"),
    "choice-half-solved": ("解决了一半", "Half solved"),
    "choice-not-solved": ("没有解决", "Not solved"),
    "choice-say-more": ("我还有话说", "I have more to say"),
    "choice-take-back": ("撤回这件事", "Take it back"),
    "choice-keep": ("不撤回", "Keep it"),
    "choice-sure": ("确定撤回", "Yes, take it back"),
    "choice-receipt": ("手机扫一扫，看办到哪了", "Scan to see how far it is"),
    "choice-stands-new": ("收到了，正在安排人", "Received, we are finding somebody"),
    "choice-stands-open": ("有人在办了", "Somebody is working on it"),
    "choice-stands-waiting": ("还在办，要等一等", "Still going on, it takes a while"),
    "choice-stands-answered": ("有答复了", "There is an answer"),
    "choice-stands-done": ("办完了", "It is done"),
    "choice-stands-declined": ("这件事不归我们办", "This is not ours to do"),
    "choice-stands-merged": ("别人也反映过，并在一起办", "Others said so too, it is done together"),
    "choice-stands-withdrawn": ("您已经撤回", "You have taken it back"),
}
"""What buttons of the station say, word for word as it stands on them: so their clip is found."""


def language_of(locale: str) -> Language:
    """The language to speak for a locale such as `zh_CN`, `zh-CN` or `en`; Chinese unless it is English."""
    return "en" if locale.lower().startswith("en") else "zh"


def sentence(sentence_id: str, lang: Language = "zh") -> str:
    """The words of one sentence, for showing what is spoken. Raises KeyError for an unknown id."""
    return SENTENCES[sentence_id][LANGUAGES.index(lang)]
