"""The words after /tim, and whether every button they lead to can carry its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.members.people import name_words
from bot.flows.team.arguments import (
    PAGES_MAX,
    QUERY_BYTES_MAX,
    TeamRequest,
    read_arguments,
    search_words,
)
from bot.flows.team.team_lookups import Order
from bot.turn.keyboards import DATA_BYTES_MAX

CODE = "015S265G"


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ("", TeamRequest("team")),
        ("3", TeamRequest("team", page=3)),
        ("0", TeamRequest("team", page=1)),
        (CODE, TeamRequest("team", CODE)),
        ("015s 265g", TeamRequest("team", CODE)),
        (f"{CODE} 2", TeamRequest("team", CODE, page=2)),
        (f"{CODE} 10000", TeamRequest("search", name=f"{CODE} 10000")),
        ("Rina", TeamRequest("search", name="Rina")),
        ("rina putri", TeamRequest("search", name="rina putri")),
        ("rina wati", TeamRequest("team", "R1NAWAT1")),  # a name that has the look of a code
        ("I Gusti Ngurah 2", TeamRequest("search", name="I Gusti Ngurah 2")),
        ("cari", TeamRequest("search")),
        ("cari siti", TeamRequest("search", name="siti")),  # so has this line
        ("cari rina #2", TeamRequest("search", name="rina", page=2)),
        ("search #2", TeamRequest("search", page=2)),
        ("cari baru", TeamRequest("search", name="baru")),
        ("cari #", TeamRequest("search", name="#")),
        ("BARU", TeamRequest("new", page=1)),
        ("new 2", TeamRequest("new", page=2)),
        ("baru #2", TeamRequest("new", page=2)),
        ("baru saja", TeamRequest("search", name="baru saja")),
        ("diam", TeamRequest("silent")),
        ("silent 4", TeamRequest("silent", page=4)),
        ("urut", TeamRequest("orders")),
        ("sort points", TeamRequest("team", order="points")),
        ("urut poin 2", TeamRequest("team", order="points", page=2)),
        ("urut masuk", TeamRequest("team")),
        (f"{CODE} urut", TeamRequest("orders", CODE)),
        (f"{CODE} urut terbaru 12", TeamRequest("team", CODE, "newest", 12)),
        (f"{CODE} sort name", TeamRequest("team", CODE, "name")),
        ("urut cantik", TeamRequest("orders")),
        ("rina urut poin", TeamRequest("search", name="rina urut poin")),
    ],
)
def test_a_line_is_read(args: str, line: TeamRequest) -> None:
    assert read_arguments(args) == line


@given(st.text(max_size=120))
def test_any_line_can_be_read_and_its_query_fits_a_button(args: str) -> None:
    line = read_arguments(args)
    assert 1 <= line.page <= PAGES_MAX
    words = search_words(line.name)
    button = f"/team search {' '.join(words)} #{PAGES_MAX}"
    assert len(button.encode()) <= DATA_BYTES_MAX
    again = read_arguments(button.removeprefix("/team "))
    assert search_words(again.name) == words
    assert bool(words) == bool(name_words(line.name))


@pytest.mark.parametrize("sort", ["urut", "urutkan", "sort"])
@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("poin", "points"), ("points", "points"), ("besar", "size"), ("size", "size"),
        ("terbaru", "newest"), ("newest", "newest"), ("nama", "name"), ("name", "name"),
        ("masuk", ""), ("joined", ""),
    ],
)  # fmt: skip
def test_an_order_is_understood_in_both_languages(sort: str, typed: str, order: Order) -> None:
    assert read_arguments(f"{sort} {typed}") == TeamRequest("team", order=order)
    assert read_arguments(f"{CODE} {sort} {typed} 2") == TeamRequest("team", CODE, order, 2)


def test_a_long_query_keeps_its_whole_words_and_at_least_a_part_of_the_first() -> None:
    assert search_words("siti " + "x" * 60) == ("siti",)
    assert search_words("x" * 60) == ("x" * QUERY_BYTES_MAX,)
    assert search_words("siti nurhaliza kusumawardhani putri dewina") == (
        "siti", "nurhaliza", "kusumawardhani", "putri",
    )  # fmt: skip
