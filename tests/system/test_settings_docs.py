"""The page on settings names every one of them, with its default; the sample shows them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.system.settings import Settings
from tests.architecture.pages.settings_page import COMPANY_TABLES, PAGE, keys_of, with_settings

SAMPLE = (Path(__file__).parents[2] / "company.sample.toml").read_text("utf-8")
TEXT = PAGE.read_text("utf-8")


def test_the_page_of_settings_is_as_the_code_makes_it() -> None:
    assert with_settings(TEXT) == TEXT, "docs/settings.md is stale: make docs"


@pytest.mark.parametrize(
    ("said", "stale"),
    [
        ('- `until` (`"20:00"`):', '- `until` (`"21:00"`):'),
        ("- `minimum_age` (`18`):", "- `minimum_age`:"),
        ("- `METRICS_PORT` (`0`):", "- `GONE` (`1`): Not a setting.\n- `METRICS_PORT` (`0`):"),
    ],
    ids=["another default", "no default", "a setting that is gone"],
)
def test_a_stale_list_is_found_and_made_again(said: str, stale: str) -> None:
    assert TEXT.count(said) == 1
    assert with_settings(TEXT.replace(said, stale)) == TEXT


def test_a_setting_without_a_meaning_is_named() -> None:
    with pytest.raises(ValueError, match="does not say what BACKUP_MINUTES means"):
        with_settings(TEXT.replace("- `BACKUP_MINUTES` ", "- `BACKUP_HOURS` "))
    with pytest.raises(ValueError, match="mark"):
        with_settings(TEXT.replace("<!-- made by make docs: policy -->\n", ""))


def test_the_lists_have_every_setting_with_the_default_of_a_bare_machine() -> None:
    known = dict(keys_of("machine"))
    assert known.keys() == {name.upper() for name in Settings.model_fields}
    assert known["DATABASE_URL"] == "sqlite+aiosqlite:///data/jualdulu.db"
    assert known["BOT_TOKEN"] == "none"


def company_keys() -> Iterator[Any]:
    for table in COMPANY_TABLES:
        for key, _ in keys_of(table):
            yield pytest.param(key, id=f"{table} {key}")


@pytest.mark.parametrize("key", list(company_keys()))
def test_each_key_of_the_company_is_in_the_sample(key: str) -> None:
    """As it is, or in a comment where it may be left out."""
    pattern = rf"^(?:# ?)?{re.escape(key)} = |[.\[]{re.escape(key)}\]"
    assert re.search(pattern, SAMPLE, re.MULTILINE), f"company.sample.toml does not show {key}"
