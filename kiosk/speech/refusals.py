"""Why a recording or a reading is not taken in."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownText(Unknown):
    """Nothing that is spoken has this name."""

    sentence = mark("这句话现在没有地方要读，请回语音页重新选择。")


class RecordingGone(Refusal):
    """The recording that a change would bring back is no longer kept."""

    sentence = mark("这段录音已经不在了，请再录一次。")


class BadRecording(Malformed):
    """A sound file that cannot be used; the sentence says why."""

    sentence = mark("没有收到录音，请再录一次。")


class NotASound(BadRecording):
    """It is no WAV file of one channel and 16 bits."""

    sentence = mark("这个文件用不了。请用 WAV 文件，或者在这里录。")


class TooLong(BadRecording):
    """Longer than `LONGEST_S` seconds."""

    sentence = mark("录音太长了，最多%(seconds)s秒，请再录一次。")


class TooShort(BadRecording):
    """Nothing is left without the silence."""

    sentence = mark("没有听到声音，请离话筒近一点，再录一次。")


class TooMany(BadRecording):
    """All recordings in use are longer than `MOST_KEPT` together."""

    sentence = mark("录音太多了，放不下。请先把用不着的录音去掉几段。")


class NotWorkedUp(BadRecording):
    """The process that works recordings up broke down, or took too long."""

    sentence = mark("录音没有处理好，请再试一次。")
