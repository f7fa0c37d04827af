"""Books on both engines, for every test that asks for them."""

import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from bot.store.db.database import Database, open_database
from bot.telemetry.logs import TALKATIVE
from tests import postgres
from tests.blank import ENGINES, blank_database
from tests.chats.said import PLAYED, SAID, all_played, unsaid

# How long an example takes says something of the machine and nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of migrated books, empty but for that; on SQLite and again on PostgreSQL."""
    with blank_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The same books, open."""
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture(autouse=True)
def _unraisable_as_before() -> Iterator[None]:
    """What cannot be raised is pytest's to find, also after a test that sets up the bot's log."""
    hook = sys.unraisablehook
    yield
    sys.unraisablehook = hook


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """What a command sets up of the log, as `doctor` does, is not there for the next test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.NOTSET)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A process hands on what its chats have said; who has it of all of them judges."""
    played, said = session.stash.get(PLAYED, set()), session.stash.get(SAID, set())
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["played"], output["said"] = sorted(played), sorted(said)
    elif all_played(played) and unsaid(said):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What one of several processes has played and said."""
    session = _session(node.config)
    output = getattr(node, "workeroutput", {})
    session.stash.setdefault(PLAYED, set()).update(output.get("played", ()))
    session.stash.setdefault(SAID, set()).update(output.get("said", ()))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Say what was said in no chat."""
    session = _session(config)
    said = session.stash.get(SAID, set())
    if all_played(session.stash.get(PLAYED, set())) and unsaid(said):
        terminalreporter.section("messages that no chat says", red=True)
        terminalreporter.line("\n".join(unsaid(said)))


def _session(config: pytest.Config) -> pytest.Session:
    session = config.pluginmanager.get_plugin("session")
    assert isinstance(session, pytest.Session)
    return session


def pytest_unconfigure() -> None:
    """Take our server with us."""
    postgres.stop_shared()


WAITING = ("tests/faults/", "tests/monitoring/", "tests/sandbox/", "tests/telemetry/")
"""Where tests mostly wait: for a timeout, a pause, a call that is held."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What drives a browser or kills bots takes long; what waits is spread among what works."""
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("soak"):
            item.add_marker("long")
    waiting = [item for item in items if item.nodeid.startswith(WAITING)]
    working = [item for item in items if not item.nodeid.startswith(WAITING)]
    placed = [
        ((number + 0.5) / len(some), some is working, item)
        for some in (waiting, working)
        for number, item in enumerate(some)
    ]
    items[:] = [item for *_, item in sorted(placed, key=lambda each: each[:2])]


class InTwo(LoadScopeScheduling):  # type: ignore[misc]  # the library ships no types
    """Gives each test to whichever process is free, but keeps together what belongs together."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        # One demo and one browser for all who look at it.
        return "browser" if file.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InTwo:
    """How `make test` shares the tests out."""
    return InTwo(config, log)
