"""Why a table is not taken in, each with what the person should do."""

from kiosk.words import Malformed, mark


class NotATable(Malformed):
    """Neither a workbook nor text, or broken."""

    sentence = mark("打不开这个文件。请选一个 .xlsx 或 .csv 表格。")


class OldTable(Malformed):
    """An .xls."""

    sentence = mark("这是旧格式的 .xls 表格。请在电脑上打开它，另存为“Excel 工作簿（.xlsx）”，再上传。")


class LockedTable(Malformed):
    """A workbook with a password."""

    sentence = mark("这个表格加了密码。请在电脑上打开它，去掉密码，另存为 .xlsx，再上传。")


class ForeignTable(Malformed):
    """A table of another program: a page of the web or XML that calls itself .xls, or an .ods."""

    sentence = mark(
        "这是网页或别的软件存的表格。请用 Excel 或 WPS 打开它，另存为“Excel 工作簿（.xlsx）”，再上传。"
    )


class LinkedTable(Malformed):
    """It carries macros, files inside, or links to other workbooks."""

    sentence = mark("这个表格里有宏、嵌入的文件或指向别的文件的链接。请复制内容，只粘贴数值到新表格再上传。")


class TableTooLarge(Malformed):
    """More than `rules.py` allows, packed or unpacked, or too slow to read."""

    sentence = mark("这个表格太大。一次最多%(rows)s行、2 MB，请分成几个文件上传。")
