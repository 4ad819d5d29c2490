"""What is refused of ledgers, each with what to do."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class LedgerTooLong(Refusal):
    """More rows than a paper takes."""

    sentence = mark("一份最多%(most)s行。请把日期选近一点，分几份做。")


class UnknownLedger(Unknown):
    """No ledger has this name."""

    sentence = mark("没有这份台账。请回到台账选一份。")


class ReasonNeeded(Malformed):
    """Whole numbers are asked for without saying why."""

    sentence = mark("要写完整的电话，请先写为什么，至少四个字。每个人的记录里都会留下这一句。")
