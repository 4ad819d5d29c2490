"""What cannot be said."""


class Unreadable(Exception):
    """No clip can be made of this; `what` is the word or sign without a sound, empty when none has one."""

    def __init__(self, what: str = "") -> None:
        super().__init__(what)
        self.what = what
