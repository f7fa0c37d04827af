"""A database on both engines, for every test that asks for one."""

import gc
import logging
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from bot.store.db.database import Database, open_database
from bot.telemetry.logs import NOISY_LOGGERS
from tests import postgres
from tests.blank import ENGINES, blank_database
from tests.chats.said import PLAYED, SAID, all_played, unsaid

# How long an example takes depends on the machine and not on the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yields the URL of a migrated database without data; on SQLite and again on PostgreSQL."""
    with blank_database(request.param, tmp_path) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """Yields the same database, open."""
    database = open_database(database_url)
    yield database
    await database.close()


@pytest.fixture(autouse=True)
def _unraisable_as_before() -> Iterator[None]:
    """Leave unraisable errors to pytest, also after a test that sets up the bot's log."""
    hook = sys.unraisablehook
    yield
    sys.unraisablehook = hook


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """Undo the log settings of a command, such as `doctor`, before the next test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__
    for name in NOISY_LOGGERS:
        logging.getLogger(name).setLevel(logging.NOTSET)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand on what the chats of this process have said; the main process judges all of them."""
    played, said = session.stash.get(PLAYED, set()), session.stash.get(SAID, set())
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["played"], output["said"] = sorted(played), sorted(said)
    elif all_played(played) and unsaid(said):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Collect what one of several processes has played and said."""
    session = _session(node.config)
    output = getattr(node, "workeroutput", {})
    session.stash.setdefault(PLAYED, set()).update(output.get("played", ()))
    session.stash.setdefault(SAID, set()).update(output.get("said", ()))


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """List the messages that no chat says."""
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
    """Stop the server of the tests."""
    postgres.stop_shared()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Have no garbage looked for among what is imported and collected: it stays to the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


WAITING = ("tests/faults/", "tests/monitoring/", "tests/sandbox/", "tests/telemetry/")
"""Where tests mostly wait: for a timeout, a pause, a call that is held."""


LONGEST = (
    "tests/understanding/",
    "tests/plans/test_oracle.py",
    "tests/store/jobs/test_jobs_model.py",
)
"""Single tests that take long: they come first, so that no process works alone in the end."""

TESTS_COUNTED_MAX = 30
"""Of one file: where there are hundreds, each takes next to no time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests that drive a browser or kill bots as long; spread out those that wait.

    They come between the files of the others, so that what the tests of a file share is made once.
    """
    for item in items:
        if item.get_closest_marker("browser") or item.get_closest_marker("soak"):
            item.add_marker("long")
    waiting = [item for item in items if item.nodeid.startswith(WAITING)]
    working = [item for item in items if not item.nodeid.startswith(WAITING)]
    working.sort(key=lambda item: not item.nodeid.startswith(LONGEST))
    files = [list(some) for _, some in groupby(working, key=lambda item: item.path)]
    ends = list(accumulate(min(len(some), TESTS_COUNTED_MAX) for some in files))
    placed, brought = list[pytest.Item](), 0
    for some, end in zip(files, ends, strict=True):
        due = len(waiting) * end // ends[-1]
        placed += [*some, *waiting[brought:due]]
        brought = due
    items[:] = placed if files else waiting


class InTwo(LoadScopeScheduling):  # type: ignore[misc]  # the library ships no types
    """Gives each test to a free process, but keeps tests that share something together."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        # One demo and one browser for all tests of it.
        return "browser" if file.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> InTwo:
    """Returns the scheduler of `make test`."""
    return InTwo(config, log)
