"""Settings: every mistake, and the secret that signs the codes."""

from collections.abc import Iterator
from pathlib import Path

from kiosk import backup
from kiosk.database.folder_lock import OTHERS
from kiosk.database.joining import SECRET_BYTES, SECRET_FILE, facts_of, left_over
from kiosk.doctor._findings import Both, Finding, broken, remark, well
from kiosk.doctor._target import Target
from kiosk.settings import BOX_FILE, FILE

TITLE = ("设置", "Settings")


def check(target: Target) -> Iterator[Finding]:
    """Yield a finding for each mistake."""
    faults = [*_mistakes(target), *_left_over(target), *_open_folder(target), *_secret(target)]
    yield from faults or [well("都对，数据只有邻里站能读。", "all right, and nobody else reads the data.")]


def _mistakes(target: Target) -> Iterator[Finding]:
    todo = (f"请改 {target.folder / FILE}，再重新启动。", "Correct the file, then start the station again.")
    for mistake in target.mistakes:
        said = (f"有一处写错了：{mistake.zh}", f"a mistake: {mistake.en}")
        yield broken(said, todo, mistake=mistake.en)


def _left_over(target: Target) -> Iterator[Finding]:
    nothing: dict[str, str] = {}
    for name, theirs in left_over(target.settings, target.ask(facts_of, nothing)):
        yield remark(
            (
                f"{FILE} 里的 {name} 不再用了，现在是 {theirs!r}。",
                f"{name} in {FILE} is not read any more: it is {theirs!r} now.",
            ),
            (
                f"请在后台“开放时间”里改，并从 {FILE} 里删掉这一行。",
                "Change it in the browser (/admin/opening), and delete the line.",
            ),
            name=name,
        )


def _open_folder(target: Target) -> Iterator[Finding]:
    folder = target.folder
    mode = folder.stat().st_mode
    if mode & OTHERS:
        open_ones = [path.name for path in sorted(folder.iterdir()) if path.lstat().st_mode & OTHERS]
        shown = "、".join(open_ones[:5]) or "–"
        yield broken(
            (
                f"别的用户也能进数据文件夹（{mode & 0o777:o}），能看到：{shown}。",
                f"other users may enter the data folder (mode {mode & 0o777:o}), open to them: {shown}.",
            ),
            (
                f"启动一次就会改好；还是这样，就请它的主人运行：chmod -R go-rwx {folder}",
                f"The next start puts it right; else let its owner run: chmod -R go-rwx {folder}",
            ),
            mode=f"{mode & 0o777:o}", open=open_ones,
        )  # fmt: skip


def _secret(target: Target) -> Iterator[Finding]:
    path = target.folder / SECRET_FILE
    if not path.is_file():
        if target.database.exists() or (target.folder / BOX_FILE).exists():
            yield broken(
                ("密钥文件 secret 不见了。", "the file secret is gone."),
                _take_back(target),
            )
        return
    mode = path.stat().st_mode & 0o777
    if mode & OTHERS:
        yield broken(
            (f"密钥文件别人也能读（{mode:o}）。", f"others may read the secret (mode {mode:o})."),
            (f"请运行：chmod 600 {path}", f"Run: chmod 600 {path}"),
            mode=f"{mode:o}",
        )
    if path.stat().st_size < SECRET_BYTES:
        yield broken(
            ("密钥文件不完整。", "the secret is cut short."),
            _take_back(target),
        )


def _take_back(target: Target) -> Both:
    found = backup.best_backup(target.settings)
    command = backup.restore_command(found[0] if found else Path("FILE"), target.folder, "--secret")
    return (
        f"没有它不能启动，以前的小票和卡也都不认。请从备份里取回来：{command}",
        f"Without it nothing starts, and no slip or card printed before is known. Take it back: {command}",
    )
