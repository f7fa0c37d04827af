"""The glossary: every term once, in order, with the module where it lives."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "glossary.md").read_text("utf-8")
ENTRY = re.compile(r"^- \*\*([^*]+)\*\*((?:.|\n(?!\n|- |#))*)", re.MULTILINE)
NOT = re.compile(r"\bNot: (.+)\.$", re.DOTALL)
AREAS = {
    heading: ENTRY.findall(body)
    for heading, body in re.findall(r"^## (.+)\n((?:.|\n(?!## ))*)", PAGE, re.MULTILINE)
}
ENTRIES: list[tuple[str, str]] = [entry for area in AREAS.values() for entry in area]


def words_not_used(body: str) -> list[str]:
    """The words behind *Not:*, without what is said of them in parentheses."""
    found = NOT.search(body.strip())
    listed = re.sub(r"\([^)]*\)", "", " ".join(found[1].split())) if found else ""
    return [word.strip() for word in listed.split(",") if word.strip()]


def test_each_item_of_the_page_is_an_entry() -> None:
    assert len(AREAS) == 4
    assert len(ENTRIES) == len(re.findall(r"^- ", PAGE, re.MULTILINE)) > 100


@pytest.mark.parametrize("area", AREAS)
def test_the_terms_of_an_area_are_in_alphabetical_order(area: str) -> None:
    terms = [term for term, _ in AREAS[area]]
    assert terms == sorted(terms)


def test_no_term_is_listed_twice() -> None:
    terms = [term for term, _ in ENTRIES]
    assert sorted(terms) == sorted(set(terms))


@pytest.mark.parametrize(("term", "body"), ENTRIES, ids=[term for term, _ in ENTRIES])
def test_each_term_has_a_meaning_and_a_module_that_exists(term: str, body: str) -> None:
    named = re.findall(r"`(bot/[\w/.]+)`", body)
    assert named, f"{term}: where does it live?"
    assert [path for path in named if not (ROOT / path).exists()] == []
    meaning = re.sub(r"`bot/[\w/.]+`|\(\*[^*]+\*\)|Not:.*", "", body, flags=re.DOTALL)
    assert len(meaning.split()) > 2, f"{term}: what does it mean?"


def test_a_word_that_is_not_used_is_no_term_of_its_area() -> None:
    for area in AREAS.values():
        terms = {term for term, _ in area}
        listed = [word for _, body in area for word in words_not_used(body)]
        assert len(listed) > 10
        assert [word for word in listed if word in terms] == []
