"""Makes the table of the keys of a rule in docs/plans.md from what the kinds say of themselves.

`make docs` writes it between the marks of the page.
"""

import re
from pathlib import Path
from typing import Final

from bot.core.plans.kinds import KINDS, keys_of
from bot.core.plans.kinds.keys import CONDITIONS, NAMED, Key

__all__ = ["PAGE", "made_anew"]

PAGE: Final = Path(__file__).parents[2] / "docs" / "plans.md"
MADE: Final = re.compile(r"(<!-- made by make docs: keys -->\n).*?(<!-- end -->\n)", re.DOTALL)


def made_anew(page: str) -> str:
    """Returns the page with the table made again.

    Raises:
        ValueError: where the page has lost a mark.
    """
    if len(MADE.findall(page)) != 1:
        raise ValueError("a mark of the keys of a rule is missing")
    return MADE.sub(lambda mark: f"{mark[1]}\n{_table()}\n{mark[2]}", page)


def _table() -> str:
    kinds: dict[Key, list[str]] = {}
    for kind in KINDS:
        for key in keys_of(kind):
            kinds.setdefault(key, []).append(kind)
    own = [key for key in kinds if key not in CONDITIONS]
    rows = ["| key | in which kinds | meaning |", "|---|---|---|"]
    for key in (*NAMED, *own, *CONDITIONS):
        names = ", ".join(f"`{name}`" for name in key.name.split(", "))
        where = ", ".join(f"`{kind}`" for kind in kinds.get(key, ())) or "all"
        rows.append(f"| {names} | {where} | {key.meaning} |")
    return "".join(f"{row}\n" for row in rows)


if __name__ == "__main__":
    PAGE.write_text(made_anew(PAGE.read_text("utf-8")), "utf-8")
