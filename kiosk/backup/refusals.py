"""Why nothing was kept or brought back. Whatever was there before is untouched."""

from typing import Any


class Refused(Exception):
    """The message says in both languages what is wrong and what to do; subclasses are the codes."""

    sentence = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.sentence.format(**facts))


class NoCentre(Refused):
    """There is nothing to keep."""

    sentence = (
        "{folder} 里没有中心的数据，没有备份。请用 --data 指明文件夹。"
        "There is no centre in {folder}: say with --data where it is."
    )


class InTheWay(Refused):
    """The file is there and is no backup: it could be the database itself."""

    sentence = (
        "{file} 已经有了，而且不是邻里站的备份，没有覆盖。请换一个名字。"
        "{file} is there and is no backup of Linli: it was not overwritten. Choose another name."
    )


class HoldsLess(Refused):
    """The backup that would be replaced holds far more than the centre does now."""

    sentence = (
        "{file} 里有 {before} 条记录，现在的中心只有 {now} 条，没有覆盖。请换一个名字，并看看数据是不是丢了。"
        "{file} holds {before} records, the centre now only {now}: it was not overwritten."
        " Choose another name, and see whether data were lost."
    )


class Damaged(Refused):
    """The database cannot be copied whole."""

    sentence = (
        "数据库读不完整，没有备份（{why}）。请留好以前的备份，运行 kiosk doctor。"
        "The database cannot be read whole, so it was not kept ({why})."
        " Keep the older backups; run kiosk doctor."
    )


class Closed(Refused):
    """The database is not ours to open."""

    sentence = (
        "{folder} 里的数据库打不开（{why}），没有备份。请换运行邻里站的用户来运行，再看盘是不是变成只读了。"
        "The database in {folder} cannot be opened ({why}), so it was not kept."
        " Run this as the user who runs the station; see whether the disk became read-only."
    )


class NoRoom(Refused):
    """The disk is full."""

    sentence = (
        "{folder} 放不下了，没有完成。请腾出地方再试。"
        "There is no room left in {folder}: make room and try again."
    )


class NotSound(Refused):
    """What was written, or what is to be brought back, is not a whole backup of ours."""

    sentence = (
        "{file} 不是完好的邻里站备份，没有使用（{why}）。请换一个备份。"
        "{file} is not a sound backup of Linli and was not used ({why}). Take another one."
    )


class TooNew(Refused):
    """A newer program made it."""

    sentence = (
        "这个备份是新版邻里站 {version} 做的，请先更新再恢复。"
        "A newer Linli, {version}, made this backup: update first."
    )


class CentreThere(Refused):
    """A centre lives in the folder."""

    sentence = (
        "{folder} 里已经有一个中心了，没有改动。要换成备份里的，请加 --replace，原来的会留在 replaced 里。"
        "There is a centre in {folder}; nothing was changed. --replace puts the backup in its place"
        " and keeps the old one in replaced."
    )


class NoTool(Refused):
    """PostgreSQL's own tools are not installed."""

    sentence = (
        "缺少 {tool}，请运行 sudo apt-get install postgresql-client。"
        "{tool} is missing: run sudo apt-get install postgresql-client."
    )


class Unreachable(Refused):
    """PostgreSQL, or its tool, says why it does not work."""

    sentence = (
        "数据库 PostgreSQL 没有做成（{why}）。请检查 database_url 和它的服务。"
        "PostgreSQL did not do it ({why}). Look at database_url and at its server."
    )


class Away(Unreachable):
    """The database itself cannot be used; it says why, and what to do, in both languages."""

    sentence = "{why}"


class OtherEngine(Refused):
    """The backup is of a file and the centre on PostgreSQL, or the other way round."""

    sentence = (
        "备份里的数据库和 database_url 的设置不是一种，没有改动。"
        "请先设好 database_url（备份来自 PostgreSQL）或清空它（备份来自文件）。"
        "The backup's database and the setting database_url are of two kinds; nothing was changed."
        " Set database_url for a backup of PostgreSQL, leave it empty for one of a file."
    )


class DatabaseThere(Refused):
    """A centre lives in the database."""

    sentence = (
        "数据库 {url} 里已经有一个中心了，没有改动。"
        "要换成备份里的，请加 --replace，原来的会留在 replaced 里。"
        "There is a centre in the database {url}; nothing was changed. --replace puts the backup in its place"
        " and keeps the old one in replaced."
    )


class OthersDatabase(Refused):
    """Another centre lives in the database than in the backup or in the folder."""

    sentence = (
        "数据库 {url} 里是另一个中心，不是备份里的，也不是这个文件夹的，没有改动。"
        "请把 database_url 改成本中心的库，或者一个空的库（createdb）。"
        "The database {url} is another centre's, neither the backup's nor this folder's; nothing was changed."
        " Name this centre's own in database_url, or an empty one (createdb)."
    )


class WrongAddress(Refused):
    """Nobody knows into which database it is to come back."""

    sentence = "{mistakes}\n没有改动。Nothing was changed."


class BoxesRunning(Refused):
    """Other boxes work with the database."""

    sentence = (
        "还有邻里站连着数据库 {url}，没有改动。请先把它们都停下。"
        "A Linli is still connected to the database {url}; nothing was changed. Stop all of them first."
    )


class SecondFolderMissing(Refused):
    """The USB stick is not there."""

    sentence = (
        "第二个备份文件夹 {folder} 不在，U盘插好了吗？"
        "The second backup folder {folder} is not there: is the stick plugged in?"
    )
