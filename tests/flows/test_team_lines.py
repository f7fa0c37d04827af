"""What stands behind /tim, and whether every button it leads to can carry its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.members.people import name_words
from bot.flows.team.arguments import PAGES_MAX, QUERY_BYTES_MAX, Line, read_line, search_words
from bot.flows.team.team_lookups import Order
from bot.turn.keyboards import DATA_BYTES_MAX

CODE = "015S265G"


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ("", Line("team")),
        ("3", Line("team", page=3)),
        ("0", Line("team", page=1)),
        (CODE, Line("team", CODE)),
        ("015s 265g", Line("team", CODE)),
        (f"{CODE} 2", Line("team", CODE, page=2)),
        (f"{CODE} 10000", Line("search", name=f"{CODE} 10000")),
        ("Rina", Line("search", name="Rina")),
        ("rina putri", Line("search", name="rina putri")),
        ("rina wati", Line("team", "R1NAWAT1")),  # a name that has the look of a code
        ("I Gusti Ngurah 2", Line("search", name="I Gusti Ngurah 2")),
        ("cari", Line("search")),
        ("cari siti", Line("search", name="siti")),  # so has this line
        ("cari rina #2", Line("search", name="rina", page=2)),
        ("search #2", Line("search", page=2)),
        ("cari baru", Line("search", name="baru")),
        ("cari #", Line("search", name="#")),
        ("BARU", Line("new", page=1)),
        ("new 2", Line("new", page=2)),
        ("baru #2", Line("new", page=2)),
        ("baru saja", Line("search", name="baru saja")),
        ("diam", Line("silent")),
        ("silent 4", Line("silent", page=4)),
        ("urut", Line("orders")),
        ("sort points", Line("team", order="points")),
        ("urut poin 2", Line("team", order="points", page=2)),
        ("urut masuk", Line("team")),
        (f"{CODE} urut", Line("orders", CODE)),
        (f"{CODE} urut terbaru 12", Line("team", CODE, "newest", 12)),
        (f"{CODE} sort name", Line("team", CODE, "name")),
        ("urut cantik", Line("orders")),
        ("rina urut poin", Line("search", name="rina urut poin")),
    ],
)
def test_a_line_is_read(args: str, line: Line) -> None:
    assert read_line(args) == line


@given(st.text(max_size=120))
def test_any_line_can_be_read_and_what_is_looked_for_fits_a_button(args: str) -> None:
    line = read_line(args)
    assert 1 <= line.page <= PAGES_MAX
    words = search_words(line.name)
    button = f"/team search {' '.join(words)} #{PAGES_MAX}"
    assert len(button.encode()) <= DATA_BYTES_MAX
    again = read_line(button.removeprefix("/team "))
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
    assert read_line(f"{sort} {typed}") == Line("team", order=order)
    assert read_line(f"{CODE} {sort} {typed} 2") == Line("team", CODE, order, 2)


def test_a_long_query_keeps_its_whole_words_and_at_least_a_part_of_the_first() -> None:
    assert search_words("siti " + "x" * 60) == ("siti",)
    assert search_words("x" * 60) == ("x" * QUERY_BYTES_MAX,)
    assert search_words("siti nurhaliza kusumawardhani putri dewina") == (
        "siti", "nurhaliza", "kusumawardhani", "putri",
    )  # fmt: skip
