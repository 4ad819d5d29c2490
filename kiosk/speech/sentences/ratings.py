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
    "choice-no-more": ("不说了", "Nothing to add"),
    "choice-fine": ("好了", "Good"),
}
