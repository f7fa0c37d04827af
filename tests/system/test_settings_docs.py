"""The page on settings names every one of them, with its default."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.company import Card, Company, Policy, Ramadan, Sending
from bot.company.reading import key_of
from bot.system.settings import Settings

SAMPLE = (Path(__file__).parents[2] / "company.sample.toml").read_text("utf-8")
PAGE = (Path(__file__).parents[2] / "docs" / "settings.md").read_text("utf-8")
SECTIONS = {
    "## The environment": None,
    "### `[company]`": Company,
    "### `[sending]`": Sending,
    "### `[[sending.ramadan]]`": Ramadan,
    "### `[policy]`": Policy,
    "### `[[cards]]`": Card,
}
TABLES_OF_THEIR_OWN = {"sending", "policy", "cards", "plan"}


def rows_under(heading: str) -> dict[str, str]:
    """Name and default of each row of the table under a heading."""
    section = PAGE.partition(f"{heading}\n")[2].partition("\n#")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("| `"): row[1].strip("`") for row in rows}


def as_written(value: Any) -> str:
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


def company_keys() -> Iterator[Any]:
    for heading, kind in SECTIONS.items():
        for each in fields(kind) if kind else ():
            if kind is not Company or each.name not in TABLES_OF_THEIR_OWN:
                default = "needed" if each.default is MISSING else as_written(each.default)
                yield pytest.param(heading, key_of(each), default, id=f"{heading[4:]} {each.name}")


@pytest.mark.parametrize(("heading", "key", "default"), list(company_keys()))
def test_each_key_of_the_company_stands_on_the_page(heading: str, key: str, default: str) -> None:
    rows = rows_under(heading)
    assert key in rows, f"docs/settings.md has no row for {key} under {heading}"
    assert rows[key] == default


@pytest.mark.parametrize(("heading", "key", "default"), list(company_keys()))
def test_each_key_of_the_company_stands_in_the_sample(
    heading: str, key: str, default: str
) -> None:
    """As it is, or in a comment where it may be left out."""
    del heading, default
    pattern = rf"^(?:# ?)?{re.escape(key)} = |[.\[]{re.escape(key)}\]"
    assert re.search(pattern, SAMPLE, re.MULTILINE), f"company.sample.toml does not show {key}"


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_each_variable_stands_on_the_page(name: str) -> None:
    default = Settings.model_fields[name].default
    shown = default.get_secret_value() if isinstance(default, SecretStr) else default
    expected = "none" if shown is None else str(shown)
    assert rows_under("## The environment")[name.upper()] == expected


def test_the_page_names_nothing_that_is_not_there() -> None:
    for heading, kind in SECTIONS.items():
        known = (
            {key_of(each) for each in fields(kind)}
            if kind
            else {name.upper() for name in Settings.model_fields}
        )
        assert rows_under(heading).keys() <= known
