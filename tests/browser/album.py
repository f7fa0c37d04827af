"""The pictures of the documents: taken anew with PICTURES=1, otherwise only looked for."""

import os
from pathlib import Path

from playwright.sync_api import Locator, Page

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"


class Album:
    """`docs/pictures`."""

    def __init__(self) -> None:
        self.taking = os.environ.get("PICTURES") == "1"

    def take(self, seen: Page | Locator, name: str) -> None:
        """Keep how the page, or a part of it, looks now."""
        file = FOLDER / name
        if self.taking:
            FOLDER.mkdir(parents=True, exist_ok=True)
            seen.screenshot(path=file, animations="disabled")
        assert file.is_file(), f"{name} is missing: PICTURES=1 make test ARGS=tests/browser"
