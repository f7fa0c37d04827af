"""The roots of a word are found whatever stands before and behind them, at a bounded cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.understanding.roots import ROOT_LETTERS_MIN, roots_of

ROOTS_MAX = 400


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("dibetulkan", "betul"),
        ("mbetulin", "betul"),
        ("betulnya", "betul"),
        ("pencairannya", "cair"),
        ("nulis", "tulis"),
        ("menyapu", "sapu"),
        ("memakai", "pakai"),
        ("ngirimin", "kirim"),
        ("mambaliakkan", "baliak"),
        ("dibayarkeun", "bayar"),
        ("withdrawing", "withdraw"),
        ("owes", "owe"),
        ("tarik", "tarik"),
    ],
)
def test_a_root_is_found_under_what_is_added(word: str, root: str) -> None:
    assert root in set(roots_of(word))


def test_what_less_is_taken_from_comes_first() -> None:
    found = list(roots_of("bayarannya"))
    assert found[0] == "bayarannya"
    assert found.index("bayaran") < found.index("bayar")


@given(st.text("abdegikmnprstuy", max_size=40))
def test_roots_are_few_and_no_shards(word: str) -> None:
    found = list(roots_of(word))
    assert found[0] == word
    assert len(found) <= ROOTS_MAX
    assert all(len(root) >= ROOT_LETTERS_MIN for root in found[1:])
