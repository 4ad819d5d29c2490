"""Settings: every mistake, and the secret that signs the codes."""

from collections.abc import Iterator

from kiosk.database.joining import SECRET_FILE
from kiosk.doctor._findings import Finding, broken, well
from kiosk.doctor._target import Target
from kiosk.settings import FILE

TITLE = ("设置", "Settings")


def check(target: Target) -> Iterator[Finding]:
    """Yield a finding for each mistake."""
    faults = [*_mistakes(target), *_secret(target)]
    yield from faults or [well("都对，密钥只有本机程序能读。", "all right, and the secret is kept private.")]


def _mistakes(target: Target) -> Iterator[Finding]:
    todo = (f"请改 {target.folder / FILE}，再重新启动。", "Correct the file, then start the station again.")
    for mistake in target.mistakes:
        yield broken((f"有一处写错了：{mistake}。", f"a mistake: {mistake}."), todo, mistake=mistake)


def _secret(target: Target) -> Iterator[Finding]:
    path = target.folder / SECRET_FILE
    if not path.is_file():
        if target.settings.database_url or target.database.exists():
            yield broken(
                ("密钥文件 secret 不见了。", "the file secret is gone."),
                (
                    "启动前请从备份恢复，不然以前的小票都扫不出来。",
                    "Restore a backup before starting: else no earlier slip can be scanned.",
                ),
            )
        return
    mode = path.stat().st_mode & 0o777
    if mode & 0o077:
        yield broken(
            (f"密钥文件别人也能读（{mode:o}）。", f"others may read the secret (mode {mode:o})."),
            (f"请运行：chmod 600 {path}", f"Run: chmod 600 {path}"),
            mode=f"{mode:o}",
        )
    if path.stat().st_size < 32:
        yield broken(
            ("密钥文件不完整。", "the secret is cut short."),
            ("请从备份恢复。", "Restore a backup."),
        )
