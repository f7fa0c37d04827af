"""Yes and no, as people really type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.input.yesno import NO, POLITE, WRONG, YES, yes_or_no


@pytest.mark.parametrize(
    "typed",
    [
        "ya", "Ya", "YA!", " iya ", "y", "ok", "Oke 👍", "👍", "👍🏽", "✅", "👌",
        "ya bu", "iya kak",
        "sudah benar",
        "betul pak", "sip deh", "ya, benar.", "lanjut aja", "boleh", "yes please",
    ],
)  # fmt: skip
def test_a_yes_is_a_yes(typed: str) -> None:
    assert yes_or_no(typed) is True


@pytest.mark.parametrize(
    "typed",
    [
        "tidak", "Tidak.", "nggak kak", "gak", "bukan bu", "belum", "jangan dulu", "salah", "no",
        "n", "👎", "❌", "nanti aja", "tdk", "ngga",
    ],
)  # fmt: skip
def test_a_no_is_a_no(typed: str) -> None:
    assert yes_or_no(typed) is False


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "?", "bu", "makasih", "🙏", "hm", "belum benar",
        "ya tidak", "tidak salah",
        "yakin?", "ya tapi harganya 45rb",
        "okee banget deh pokoknya", "2", "batal", "👍👎", "yaman", "no 5",
    ],
)  # fmt: skip
def test_both_and_neither_are_asked_again(typed: str) -> None:
    assert yes_or_no(typed) is None


@given(st.text(max_size=60))
def test_anything_can_be_typed(text: str) -> None:
    assert yes_or_no(text) in {True, False, None}


@given(st.lists(st.sampled_from(sorted(YES | NO | WRONG | POLITE)), max_size=5))
def test_a_contrary_word_spoils_either_answer(words: list[str]) -> None:
    answer = yes_or_no(" ".join(words))
    said = set(words)
    assert (answer is True) == (bool(said & YES) and not said & (NO | WRONG))
    assert (answer is False) == (bool(said & NO) != bool(said & WRONG) and not said & YES)


def test_no_word_means_two_things() -> None:
    kinds = (YES, NO, WRONG, POLITE)
    assert len(set().union(*kinds)) == sum(len(kind) for kind in kinds)
