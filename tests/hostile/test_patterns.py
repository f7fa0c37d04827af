"""No pattern of the bot can cost more than the length of the text, whatever the text."""

from collections.abc import Mapping
from typing import Final

import pytest

from tests.hostile.backtracking import trouble
from tests.hostile.patterns import Pattern, patterns

EXCUSED: Final[Mapping[str, str]] = {
    "bot.core.sales.line.scanning.line_pattern.SCAN": (
        "what one branch looks through in vain the next one takes whole, so no place is looked at"
        " from many; `read_line` gives it 1,000 characters at most, and the suite measures it"
        " beyond that"
    ),
    "bot.core.understanding.chat_words._WORD": (
        "what one branch looks through in vain the next one takes whole; measured as `words_of`"
    ),
    "bot.company.value_readers.52": "each pattern of a value is judged where it is given",
    "bot.company.value_readers.72": "each pattern of a value is judged where it is given",
    "bot.system.files._PART": (
        "each branch keeps what it took, and its end may be missing, so that none fails after"
        " it has begun; measured as `parse_toml`, and in `tests/system/test_files.py`"
    ),
    "bot.store.db.bulk.INSERT": "the bot's own statements alone",
}
"""Patterns that are not judged, each with the reason why it does no harm."""

HARMLESS: Final = (
    (r"[0-9]+", "search"),
    (r"(?<![0-9])[0-9]+x", "search"),
    (r"(?:halo|hi|i)(?:\s++|\s*+,\s++)x", "match"),
    (r"a*+a*b", "match"),
    (r"a*b*c", "match"),
    (r"\s+$", "match"),
    (r'"[^"]*"', "sub"),
    (r"^\W*(?:a|b)\b", "search"),
    (r"([a-z]+)\.?(?:[ -]*(?:20|')?([0-9]{2}))?", "fullmatch"),
)
HARMFUL: Final = (
    (r"(a+)+b", "match"),
    (r"(a*)*b", "match"),
    (r"(a|a)*b", "match"),
    (r"(x?y?)*z", "match"),
    (r"(?:a?){20}b", "match"),
    (r"(?:(?:halo|hi)\s*,?\s+)*jual", "match"),
    (r"(?:no\b\.?\s*[:#]?\s*)+(?=\w)", "sub"),
    (r"a*a*b", "match"),
    (r".*x.*y", "match"),
    (r"(.+?)(\s+lalu)?", "fullmatch"),
    (r"\s+$", "search"),
    (r"[0-9]+x", "findall"),
    (r"\b[a-z][a-z.]*://", "search"),
    (r"(?=[a-z]*1)a*", "search"),
)


@pytest.mark.parametrize(("source", "how"), HARMLESS)
def test_a_harmless_pattern_is_accepted(source: str, how: str) -> None:
    assert trouble(source, 0, how) is None


@pytest.mark.parametrize(("source", "how"), HARMFUL)
def test_a_pattern_that_can_cost_more_than_its_length_is_found(source: str, how: str) -> None:
    assert trouble(source, 0, how) is not None


@pytest.mark.parametrize(
    "pattern",
    [each for each in patterns() if each.name not in EXCUSED],
    ids=lambda pattern: pattern.name,
)
def test_no_pattern_costs_more_than_the_length_of_the_text(pattern: Pattern) -> None:
    assert pattern.source is not None, "a pattern stands in a constant, where it can be judged"
    for how in pattern.uses:
        assert trouble(pattern.source, pattern.flags, how) is None, how


def test_every_excuse_is_for_an_existing_pattern() -> None:
    assert EXCUSED.keys() <= {pattern.name for pattern in patterns()}
