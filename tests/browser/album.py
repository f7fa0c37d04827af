"""The pictures of the documents: taken again with PICTURES=1, otherwise only looked for."""

import os
from pathlib import Path

from tests.browser.chromium import WIDE
from tests.browser.screen import Phone, Screen

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDER = (1_960, 1_000)
MARGIN = 7
SETTLE_MS = 400


class Album:
    """`docs/pictures`."""

    def __init__(self) -> None:
        self.taking = os.environ.get("PICTURES") == "1"
        if self.taking:
            FOLDER.mkdir(parents=True, exist_ok=True)

    def take(self, screen: Screen, name: str) -> None:
        """Keep how the page looks now."""
        if self.taking:
            _let_go(screen)
            screen.page.screenshot(path=FOLDER / name, animations="disabled")
        self._look_for(name)

    def take_phone(self, screen: Screen, phone: Phone, name: str) -> None:
        """Keep how one phone looks now, on a page that is wide enough for phones of full size."""
        if self.taking:
            screen.window.resize(WIDER)
            _let_go(screen)
            box = phone.node.bounding_box()
            assert box is not None
            screen.page.wait_for_timeout(SETTLE_MS)
            screen.page.screenshot(
                path=FOLDER / name,
                clip={
                    "x": box["x"] - MARGIN,
                    "y": box["y"] - MARGIN,
                    "width": box["width"] + 2 * MARGIN,
                    "height": box["height"] + 2 * MARGIN,
                },
                animations="disabled",
            )
            screen.window.resize(WIDE)
        self._look_for(name)

    def _look_for(self, name: str) -> None:
        missing = f"{name} is missing: PICTURES=1 make test ARGS=tests/browser"
        assert (FOLDER / name).is_file(), missing


def _let_go(screen: Screen) -> None:
    """Neither the pointer nor the focus nor a passing notice is to leave a mark."""
    screen.page.mouse.move(0, 0)
    screen.page.evaluate("document.activeElement.blur()")
    screen.page.evaluate("document.getElementById('notice').hidden = true")
