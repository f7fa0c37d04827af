"""Makes the list of the keys of a rule in docs/plans.md from the kinds themselves.

`make docs` writes it between the marks of the page.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.core.plans.kinds import KINDS, keys_of
from bot.core.plans.kinds.keys import CONDITIONS, NAMED, Key
from tests.architecture.pages.generated_parts import entry, regenerated

__all__ = ["PAGE", "with_keys"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "plans.md"


def with_keys(page: str) -> str:
    """Returns the page with the list made again."""
    return regenerated(page, {"keys": _items()})


def _items() -> Iterator[str]:
    kinds: dict[Key, list[str]] = {}
    for kind in KINDS:
        for key in keys_of(kind):
            kinds.setdefault(key, []).append(kind)
    own = [key for key in kinds if key not in CONDITIONS]
    yield "\n".join(
        entry(
            key.name.split(", "),
            ", ".join(f"`{kind}`" for kind in kinds.get(key, ())) or "all kinds",
            key.meaning,
        )
        for key in (*NAMED, *own, *CONDITIONS)
    )


if __name__ == "__main__":
    PAGE.write_text(with_keys(PAGE.read_text("utf-8")), "utf-8")
