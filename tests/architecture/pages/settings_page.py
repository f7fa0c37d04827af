"""Makes the lists of docs/settings.md: which settings there are, and their defaults.

`make docs` writes them between the marks of the page, in the order of the code. What a setting
means is written by hand, in its item: it is kept as it stands there.
"""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import time
from pathlib import Path
from typing import Final

from pydantic import SecretStr

from bot.company import Card, Company, FaqEntry, Policy, Ramadan, Retention, Sending, Stock
from bot.company.reading import key_of
from bot.system.settings import Settings
from tests.architecture.pages.generated_parts import entry, regenerated

__all__ = ["COMPANY_TABLES", "PAGE", "keys_of", "with_settings"]

PAGE: Final = Path(__file__).parents[3] / "docs" / "settings.md"
COMPANY_TABLES: Final[dict[str, type]] = {
    "company": Company,
    "sending": Sending,
    "ramadan": Ramadan,
    "policy": Policy,
    "retention": Retention,
    "stock": Stock,
    "cards": Card,
    "faq": FaqEntry,
}
TABLES_OF_THEIR_OWN: Final = {"sending", "policy", "retention", "stock", "cards", "faq", "plan"}
ITEM: Final = re.compile(r"^- `([^`]+)`(?: \(`?[^`)]*`?\))?: ((?:.|\n(?!\n|- ))+)", re.MULTILINE)


def with_settings(page: str) -> str:
    """Returns the page with all its lists made again.

    Raises:
        ValueError: a mark is missing, or a setting has no meaning yet.
    """
    return regenerated(page, {name: _items(name, page) for name in ("machine", *COMPANY_TABLES)})


def keys_of(table: str) -> Iterator[tuple[str, str]]:
    """Returns each key of a list with its default, as it is written in the file."""
    if table == "machine":
        for name, field in Settings.model_fields.items():
            yield name.upper(), _plain(field.default)
        return
    for each in fields(COMPANY_TABLES[table]):
        if table != "company" or each.name not in TABLES_OF_THEIR_OWN:
            yield key_of(each), "" if each.default is MISSING else _toml(each.default)


def _items(table: str, page: str) -> Iterator[str]:
    written = page.partition(f"<!-- made by make docs: {table} -->")[2].partition("<!-- end -->")[
        0
    ]
    meanings = dict(ITEM.findall(written))
    items = []
    for key, default in keys_of(table):
        if key not in meanings:
            raise ValueError(
                f"docs/settings.md does not say what {key} means: "
                f'write "- `{key}`: …" into its list, then make docs'
            )
        shown = f"`{default}`" if default not in {"", "none"} else default or "needed"
        items.append(entry([key], shown, meanings[key]))
    yield "\n".join(items)


def _plain(value: object) -> str:
    """Returns a default as it is written in the environment."""
    if value is None:
        return "none"
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)


def _toml(value: object) -> str:
    """Returns a default as it is written in a TOML file."""
    match value:
        case time():
            return f'"{value:%H:%M}"'
        case bool():
            return str(value).lower()
        case tuple():
            inner = ", ".join(f'"{each}"' for each in value)
            return f"[{inner}]" if value else "none"
        case str():
            return f'"{value}"' if value else "none"
        case _:
            return str(value)


if __name__ == "__main__":
    PAGE.write_text(with_settings(PAGE.read_text("utf-8")), "utf-8")
