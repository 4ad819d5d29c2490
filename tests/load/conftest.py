"""A centre before real server processes, its rows in a file or in a PostgreSQL that waits for its disk."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.database import FILE, metadata
from kiosk.database.dialects import manners_of
from kiosk.settings import Settings
from script.benches._hall import Server, serving
from script.benches._postgresql import Cluster
from tests.engines import shared_server
from tests.nest import Nest


@dataclass(frozen=True)
class Place:
    """Where a centre is: its folder, and its database when that is no file there."""

    folder: Path
    nest: Nest
    url: str = ""

    @cached_property
    def _engine(self) -> sa.Engine:
        return sa.create_engine(self.url or f"sqlite:///{self.folder / FILE}", poolclass=sa.NullPool)

    def settings(self, **said: Any) -> Settings:
        """The settings of a program that works here, beside its servers."""
        return Settings(folder=self.folder, database_url=self.url, is_demo=True, **said)

    def serving(self, **settings: str) -> AbstractContextManager[Server]:
        """A server on it, without a printer unless one is given."""
        return self.nest.serving(self.folder, **self._said(settings))

    def starting(self, **settings: str) -> AbstractContextManager[Server]:
        """The same, but begun by the command, as a centre begins it: that takes 1.5 s of the CPU."""
        return serving(self.folder, **self._said(settings))

    def _said(self, settings: dict[str, str]) -> dict[str, str]:
        where = {"database_url": self.url} if self.url else {}
        return {"printer": "off:"} | settings | where

    def rows(self, table: str) -> list[Any]:
        """Every row of a table as it is now, the oldest first."""
        found = metadata.tables[table]
        with self._engine.connect() as tx:
            return list(tx.execute(sa.select(found).order_by(found.c.id)))

    def ask(self, question: str) -> list[tuple[Any, ...]]:
        """The rows that SQL answers."""
        with self._engine.connect() as tx:
            return [tuple(row) for row in tx.execute(sa.text(question))]

    @contextmanager
    def nobody_else_writes(self) -> Iterator[None]:
        """Hold what every writer waits for."""
        with self._engine.connect() as tx:
            driver: Any = tx.connection.dbapi_connection
            setattr(driver, *manners_of(self._engine).own_begin)
            driver.execute(manners_of(self._engine).begin_writing)
            yield
            driver.execute("ROLLBACK")


@pytest.fixture(scope="session")
def durable(of_all: Path) -> Cluster:
    """A PostgreSQL that forgets nothing, as a centre's own must be."""
    return shared_server(of_all, "durable", {})


@pytest.fixture(scope="session")
def furnished_there(durable: Cluster, furnish_today, made_once: Callable[..., Path]) -> Path:
    """The folder of a demo centre of today in the database `furnished`, to be copied for each test."""

    def make(folder: Path) -> None:
        durable.drop("furnished")
        durable.do("CREATE DATABASE furnished")
        furnish_today(folder, durable.url("furnished"))

    return made_once("today-there", make)


@pytest.fixture
def place(engine: str, nest: Nest, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A demo centre of this test's own."""
    folder = tmp_path / "data"
    if engine == "sqlite":
        copytree(request.getfixturevalue("furnished_today"), folder)
        yield Place(folder, nest)
        return
    copytree(request.getfixturevalue("furnished_there"), folder)
    durable: Cluster = request.getfixturevalue("durable")
    name = durable.make("furnished")
    yield Place(folder, nest, durable.url(name))
    durable.drop(name)
