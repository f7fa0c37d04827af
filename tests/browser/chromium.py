"""The system's own Chromium, quiet and with nothing left over from an earlier run."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium on this machine: apt-get install chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = (1600, 1000)
NARROW = (390, 844)
PATIENCE_MS = 15_000


def chromium() -> str | None:
    """Where it is, if it is there."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Window:
    """One open page, and whatever went wrong in it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("requestfailed", lambda request: self.complaints.append(f"lost: {request.url}"))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))

    def _said(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"{kind}: {text}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.complaints.append(f"{status}: {url}")

    def resize(self, size: tuple[int, int]) -> None:
        """Give the page another width and height."""
        self.page.set_viewport_size({"width": size[0], "height": size[1]})


@contextmanager
def window(playwright: Playwright, folder: Path) -> Iterator[Window]:
    """A browser with one empty page; its memory is kept in the folder."""
    path = chromium()
    assert path is not None, MISSING
    expect.set_options(timeout=PATIENCE_MS)
    context = playwright.chromium.launch_persistent_context(
        folder,
        executable_path=path,
        args=QUIET,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        viewport={"width": WIDE[0], "height": WIDE[1]},
        color_scheme="light",
        reduced_motion="reduce",
    )
    try:
        yield Window(context.pages[0])
    finally:
        context.close()
