"""What the cards refuse."""

from kiosk.words import Malformed, Unknown, mark


class UnknownCard(Unknown):
    """No card has this id."""

    sentence = mark("没有这张联系卡，请回首页重新选择。")


class UnknownProblem(Unknown):
    """No problem has this id."""

    sentence = mark("没有这一项，请返回重新选择。")


class LastWay(Malformed):
    """Without its WeChat code nobody could reach whoever is on the card."""

    sentence = mark("这张卡没有电话也没有地址，微信码不能去掉。")


class NoCodeInImage(Malformed):
    """No QR code was found in the picture, or it is no picture."""

    sentence = mark("图片里没有找到二维码。请选一张清楚、完整的二维码图片（PNG 或 JPEG）。")


class PaymentCode(Malformed):
    """The picture shows a code that takes money."""

    sentence = mark("这是收款码，不能放在联系卡上。请选微信名片的二维码。")


class ForeignCode(Malformed):
    """The picture shows a code that leads to nobody in WeChat."""

    sentence = mark(
        "这不是微信名片的二维码，不能放在联系卡上。请在微信里点“我”，再点名字旁的小方格，存成图片。"
    )


class CodeTooLong(Malformed):
    """The code holds more than fits a slip."""

    sentence = mark("这个二维码内容太长，印在小票上扫不出来。请换一个。")
