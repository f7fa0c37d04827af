"""One demo and one browser for all that is looked at here."""

from collections.abc import Iterator

import pytest

from tests.browser.album import Album
from tests.browser.chromium import MISSING, Window, chromium, window
from tests.browser.screen import Screen
from tests.outer.office import Office
from tests.outer.test_cli_demo import free_port


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that keeps its files in a folder of its own."""
    if chromium() is None:
        pytest.skip(MISSING)
    port = free_port()
    office = Office(tmp_path_factory.mktemp("demo"))
    with office.running("demo", "--port", str(port)) as running:
        running.until("Open http")
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser(demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """A browser that has never been here."""
    del demo
    with window(tmp_path_factory.mktemp("chromium")) as opened:
        yield opened


@pytest.fixture(scope="module")
def screen(demo: str, browser: Window) -> Screen:
    """The demo's page, open, on a day that has just begun to be played."""
    shown = Screen(browser, demo)
    shown.begin_at_noon()
    shown.open()
    return shown


@pytest.fixture(scope="module")
def album() -> Album:
    """The pictures in `docs/pictures`."""
    return Album()
