"""One demo and one browser for all that is looked at here, and a demo that lives by itself."""

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Playwright, sync_playwright

from tests.browser.album import Album
from tests.browser.chromium import MISSING, chromium, window
from tests.browser.screen import Screen
from tests.cli.demo.test_cli_demo import free_port
from tests.cli.office import Office

FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers; a process may start it only once at a time."""
    if chromium() is None:
        pytest.skip(MISSING)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="package")
def screen(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """The page of a demo whose people do nothing by themselves, on a day that has just begun."""
    folder = tmp_path_factory.mktemp("browser")
    with (
        _demo(folder / "demo", "--still") as url,
        window(playwright, folder / "chromium") as opened,
    ):
        shown = Screen(opened, url)
        shown.begin_at_noon()
        shown.open()
        yield shown


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep whether a test has failed, for what comes behind it."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.fixture(autouse=True)
def _tidied(request: pytest.FixtureRequest) -> Iterator[None]:
    """One failure is one: what was left open is left, and the window as wide as before."""
    yield
    if request.node.stash.get(FAILED, False) and "screen" in request.fixturenames:
        request.getfixturevalue("screen").tidy()


@pytest.fixture
def living(playwright: Playwright, tmp_path: Path) -> Iterator[Screen]:
    """The page of a demo as `make demo` starts it."""
    with _demo(tmp_path / "demo") as url, window(playwright, tmp_path / "chromium") as opened:
        shown = Screen(opened, url)
        shown.open()
        yield shown


@pytest.fixture(scope="package")
def album() -> Album:
    """The pictures in `docs/pictures`."""
    return Album()


@contextmanager
def _demo(folder: Path, *options: str) -> Iterator[str]:
    """The address of a demo that keeps its files in a folder of its own."""
    folder.mkdir(exist_ok=True)
    port = free_port()
    with Office(folder).running("demo", *options, "--port", str(port)) as running:
        running.until("Open http")
        yield f"http://127.0.0.1:{port}"
