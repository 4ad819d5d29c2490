"""What is said about help, modes and what went wrong."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "help": (
        "需要帮忙吗？请点一下。",
        "Do you need help? Please touch what fits.",
    ),
    "plea_bell": (
        "要帮忙，请按这里。",
        "If you need help, touch here.",
    ),
    "plea": (
        "要帮忙吗？不舒服，请按第一个。要人帮忙，请按第二个。",
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
    "ask_staff": (
        "请扫您的卡，也可以请工作人员帮您。",
        "Please scan your card, or ask the staff.",
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
    "high_contrast": (
        "颜色变清楚了。",
        "The colours are stronger now.",
    ),
    "low_controls": (
        "按钮放低了，坐着也够得到。",
        "The buttons are lower now, within reach from a chair.",
    ),
    "text_as_before": (
        "字变回来了。",
        "The text is as before.",
    ),
    "voice_as_before": (
        "我说得和平常一样快了。",
        "I speak as fast as before.",
    ),
    "contrast_as_before": (
        "颜色变回来了。",
        "The colours are as before.",
    ),
    "low_as_before": (
        "按钮回到原来的地方了。",
        "The buttons are back in their place.",
    ),
    "language": (
        "现在说中文。",
        "Now I speak English.",
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
    "choice-called": ("已叫人", "Called"),
    "choice-help": ("要帮忙", "Need help"),
    "choice-call-staff": ("请工作人员过来", "Ask the staff to come"),
    "choice-advice": ("取一个咨询号", "Get a number for advice"),
}
