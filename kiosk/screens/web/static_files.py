"""The files that all pages share, at an address that changes with them: a browser asks for each once.

Asked for again with every page, thirteen of them were a quarter of the browser's work for it.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from hashlib import sha256
from operator import itemgetter
from os import scandir, stat_result
from pathlib import Path
from typing import Any

from flask import Flask, Response, send_from_directory
from markupsafe import Markup

from kiosk import __version__
from kiosk.box import folder_beside

A_YEAR_S = 365 * 24 * 3600


def install_static_files(app: Flask, folder: Path) -> None:
    """Serve the files of `folder`: `url_for("static", filename=…)` is an address that holds for good.

    `app.extensions["build"]` names these files and the pages: what a browser has loaded may be older.
    Their plain address, `/static/…`, and one that an older page still knows are asked about each time.
    In templates `sheets(…)` and `scripts(…)` are the tags of several files, made once.
    """
    now = stamp(folder)
    pages = stamp(*(folder_beside(name) for name in ("templates", "locale")))
    app.extensions["build"] = now[:6] + pages[:6]
    app.add_url_rule("/static/<path:filename>", "static_unstamped", partial(_file, folder, now, ""))
    app.add_url_rule("/static-<given>/<path:filename>", "static", partial(_file, folder, now))

    app.jinja_env.globals.update(_in_templates(app, now))

    @app.url_defaults
    def with_stamp(endpoint: str, values: dict[str, object]) -> None:
        if endpoint == "static":
            values.setdefault("given", now)


def _in_templates(app: Flask, now: str) -> dict[str, Callable[..., str]]:
    fixed: dict[str, str] = {}

    def address(endpoint: str, **values: Any) -> str:
        # half of a page's addresses: Flask's own way took 0.5 ms of its 6
        if endpoint == "static" and len(values) == 1:
            return f"/static-{now}/{values['filename']}"
        if values or endpoint.startswith("."):
            return app.url_for(endpoint, **values)
        # a dozen more lead to a page that has one address for everybody: by Flask's way 4 % of a page
        if endpoint not in fixed:
            fixed[endpoint] = app.url_for(endpoint)
        return fixed[endpoint]

    def tags(tag: Markup, *names: str) -> Markup:
        return Markup("\n").join(tag.format(address("static", filename=name)) for name in names)

    sheet, script = Markup('<link rel="stylesheet" href="{}">'), Markup('<script defer src="{}"></script>')
    both = {"sheets": cache(partial(tags, sheet)), "scripts": cache(partial(tags, script))}
    return {"url_for": address} | both


def stamp(*folders: Path) -> str:
    """Twelve hexadecimal digits that change whenever a file of the `folders` or the program does."""
    found = sha256(__version__.encode())
    for folder in folders:
        for path, state in sorted(_files(folder), key=itemgetter(0)):
            found.update(f"{path[len(str(folder)) :]} {state.st_size} {state.st_mtime_ns}\n".encode())
    return found.hexdigest()[:12]


def _files(folder: str | Path) -> Iterator[tuple[str, stat_result]]:
    """Every file below, and its state. By Path.rglob they took 34 ms of each start, not 9."""
    with scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path)
            elif entry.is_file():
                yield entry.path, entry.stat()


def _file(folder: Path, now: str, given: str, filename: str) -> Response:
    """A relative address in a script keeps the stamp of its own, so scripts of two versions never meet."""
    response = send_from_directory(folder, filename)
    if given == now:
        response.cache_control.no_cache = None
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = A_YEAR_S
    return response
