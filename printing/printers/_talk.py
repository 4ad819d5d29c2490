"""What printers have in common that can be asked and that answer."""

from __future__ import annotations

from dataclasses import dataclass

from printing.printers._form import mark, setting


@dataclass(frozen=True, kw_only=True)
class TalkSettings:
    """How a slip is confirmed, and how long the printer is waited for; `_s` are seconds."""

    confirm: str = setting(
        mark("怎样确认打出来了"),
        mark("不清楚就选“自动”，再运行一次 kiosk printer probe。"),
        default="auto",
        choices=(
            ("auto", mark("自动")),
            ("process_id", mark("打到纸上才回答（较新的打印机）")),
            ("gs_r", mark("收完数据就回答（多数打印机）")),
            ("none", mark("打印机从不回答")),
        ),
    )
    stall_s: float = setting(
        mark("打印机停着不收数据，最多等几秒"), default=5.0, low=0.1, high=30, is_rare=True
    )
    confirm_s: float = setting(mark("最多等几秒回答"), default=8.0, low=0.1, high=30, is_rare=True)
    status_s: float = setting(mark("问状态最多等几秒"), default=0.5, low=0.05, high=5, is_rare=True)
    longest_s: float = setting(mark("一张小票最多用几秒"), default=35.0, low=0.1, high=55, is_rare=True)
    drain_s: float = setting(mark("打完后再听几秒才断开"), default=0.5, low=0.05, high=5, is_rare=True)
