"""What the register refuses, each with what the person should do."""

from kiosk.words import Malformed, Refusal, Unknown, mark


class UnknownPerson(Unknown):
    """Nobody on the register has this id."""

    sentence = mark("花名册里没有这个人，请回名单重新选择。")


class UnknownTeam(Unknown):
    """No team or partner has this id."""

    sentence = mark("没有这支服务队，请回名单重新选择。")


class TooShort(Malformed):
    """Fewer characters than a search needs."""

    sentence = mark("请至少输入%(least)s个字再找。")


class WrongField(Malformed):
    """A field that `rules.person_faults` or `rules.team_faults` would have named."""

    sentence = mark("有一项没有填对，请改好再保存。")


class PersonKnown(Refusal):
    """Somebody with this name and phone is on the register already, perhaps as somebody who has left."""

    sentence = mark("花名册里已经有这个人了。同名不同人的，请填手机号分开。")


class TeamKnown(Refusal):
    """A team of this name is there already, perhaps a closed one."""

    sentence = mark("已经有叫这个名字的服务队或合伙人了，请换一个名字。")


class NotACard(Unknown):
    """The code is one of ours and opens something else."""

    sentence = mark("这不是志愿者卡。请扫志愿者卡，或请工作人员帮您看一看。")


class CardRevoked(Unknown):
    """A newer card was made; only that one counts."""

    sentence = mark("这张卡已经换过新卡，请用新的那一张。新的不在您手里，请找工作人员。")


class PersonLeft(Refusal):
    """The card is right and its owner has left the register."""

    sentence = mark("这张卡已经停用，请找工作人员。")


class CardRenewedMeanwhile(Refusal):
    """The form saw an older card: pressed twice, or from another tab."""

    sentence = mark("这张卡刚刚换过了，请用新的那一张。")


class UnknownImport(Unknown):
    """No preview was kept under this key."""

    sentence = mark("没有找到这份名单，请重新上传。")


class ImportDone(Refusal):
    """The list has been taken in: pressed twice, or from another tab."""

    sentence = mark("这份名单已经导入过了，不用再按。请回花名册查看。")


class ImportExpired(Refusal):
    """The preview has waited too long for its confirmation."""

    sentence = mark("核对的时间过了半小时，名单没有导入。请重新上传一次。")


class ImportOutdated(Refusal):
    """The register is not what the list was compared with."""

    sentence = mark("花名册刚刚被改过，名单没有导入。请重新上传，再核对一次。")


class ImportFaulty(Malformed):
    """What was chosen of the file has faults; the page offers no such button."""

    sentence = mark("这份名单里还有写错的地方，没有导入。请改好再上传。")
