"""How many of the pieces that came back are damaged, in people's own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.returns.condition import read_condition

OF_THREE = {
    "bagus": 0,
    "rusak": 3,
    "Masih bisa dijual": 0,
    "semua bagus": 0,
    "rusak semua": 3,
    "2 rusak 1 bagus": 2,
    "rusak 2, bagus 1": 2,
    "dua rusak satu bagus": 2,
    "yang rusak 2": 2,
    "2 rusak": 2,
    "1 masih bagus": 2,
    "cuma 1 yang rusak": 1,
    "1 pecah 1 bocor 1 bagus": 2,
    "yang 2 rusak sisanya bagus": 2,
    "3 sabun 2 rusak": 2,
    "0 rusak": 0,
    "tidak rusak": 0,
    "ga ada yg rusak": 0,
    "tidak ada yang bagus": 3,
    "tidak bisa dijual lagi": 3,
    "not fit to sell": 3,
    "none damaged": 0,
    "2 broken, 1 good": 2,
    "sebagian": "some",
    "ada yang rusak": "some",
    "some are broken": "some",
    "rusak dan bagus": "some",
    "5 rusak": "some",
    "2 rusak 2 bagus": "some",
    "halo": None,
    "3": None,
    "": None,
}


@pytest.mark.parametrize(("text", "damaged"), OF_THREE.items())
def test_words_say_how_many_are_damaged(text: str, damaged: int | str | None) -> None:
    assert read_condition(text, 3) == damaged


@given(
    text=st.lists(st.sampled_from(["2", "satu", "rusak", "bagus", "tidak", "ada", "dan", "99"])),
    pieces=st.integers(1, 9_999),
)
def test_no_more_are_damaged_than_came_back(text: list[str], pieces: int) -> None:
    damaged = read_condition(" ".join(text), pieces)
    assert damaged in {None, "some"} or 0 <= int(damaged or 0) <= pieces
