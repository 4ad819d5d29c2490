"""What is said beside the five faces."""

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
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
    "rate_window": (
        "您去过几个窗口。说的是哪一个？请点一下。",
        "You were at more than one window. Which one is it about? Please touch it.",
    ),
    "rate_call": (
        "要我们打电话给您吗？留了，一个工作日内有人打来，一百八十天后删掉。",
        "Shall we call you? If you leave a number, we call within a working day. "
        "It is deleted half a year after.",
    ),
    "rate_phone": (
        "请按您的手机号码。一个工作日内打给您。",
        "Please press your mobile number. We call you within a working day.",
    ),
    "rate_called": (
        "电话记下了，一个工作日内打给您。谢谢您。",
        "We have your number, and call you within a working day. Thank you.",
    ),
    "rate_thanks": (
        "谢谢您的评价，请慢走。",
        "Thank you. Goodbye.",
    ),
}

CHOICES: Final[dict[str, tuple[str, str]]] = {
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
    "choice-no-number": ("不留电话", "Leave no number"),
    "choice-done-as-well": ("不留也一样办", "It is looked into all the same"),
    "choice-call-in-a-day": ("一个工作日内打给您", "We call within a working day"),
    "choice-no-more": ("不说了", "Nothing to add"),
    "choice-fine": ("好了", "Good"),
}
