"""Sponsor codes survive what people do to them."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.core.input.typed import MESSAGE_CHARACTERS_MAX
from bot.core.members.codes import (
    ALPHABET,
    CODE_SYMBOLS,
    ENTROPY_BITS,
    is_code,
    make_code,
    read_code,
)

codes = st.integers(0, 2**ENTROPY_BITS - 1).map(make_code)
places = st.integers(0, CODE_SYMBOLS - 1)


@given(codes)
def test_a_code_that_was_made_is_valid(code: str) -> None:
    assert is_code(code)
    assert len(code) == CODE_SYMBOLS
    assert read_code(code) == code


@given(st.integers(0, 2**ENTROPY_BITS - 1), st.integers(0, 2**ENTROPY_BITS - 1))
def test_different_seeds_make_different_codes(one: int, other: int) -> None:
    assert (make_code(one) == make_code(other)) == (one == other)


@given(codes, places, st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_found(code: str, place: int, symbol: str) -> None:
    assume(code[place] != symbol)
    assert not is_code(code[:place] + symbol + code[place + 1 :])


@given(codes, places, places)
def test_every_swap_of_two_symbols_is_found(code: str, one: int, other: int) -> None:
    assume(code[one] != code[other])
    swapped = list(code)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    assert not is_code("".join(swapped))


def test_no_position_and_no_pair_of_positions_is_unchecked() -> None:
    # The check is linear, so what holds for changes of the code of zeros holds for every code.
    for one in range(CODE_SYMBOLS):
        for other in range(one + 1):
            for symbol in ALPHABET[1:]:
                changed = list("0" * CODE_SYMBOLS)
                changed[one] = changed[other] = symbol
                assert not is_code("".join(changed))


@given(codes)
def test_a_code_is_read_however_it_is_written(code: str) -> None:
    look_alike = code.replace("0", "o").replace("1", "l")
    assert read_code(f" {code[:4].lower()}-{code[4:].lower()} ") == code
    assert read_code(f"{code[:4]} \u2013 {code[4:]}\n") == code
    assert read_code(look_alike) == code
    assert read_code(code.replace("1", "I").replace("0", "O")) == code


@given(codes)
def test_a_code_is_read_from_a_pasted_link(code: str) -> None:
    assert read_code(f"https://t.me/jualdulu_bot?start={code}") == code
    assert read_code(f"t.me/jualdulu_bot?start={code.lower()}") == code
    assert read_code(f"tg://resolve?domain=jualdulu_bot&start={code}") == code
    assert read_code(f"Yuk gabung: https://telegram.me/jualdulu_bot?start={code} ya!") == code


@given(codes)
def test_an_invitation_may_be_as_long_as_a_message(code: str) -> None:
    link = f" t.me/jualdulu_bot?start={code}"
    assert read_code("a " * ((MESSAGE_CHARACTERS_MAX - len(link)) // 2) + link) == code


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "PUSAT",
        "halo",
        "0000000",
        "000000000",
        "UUUUUUUU",
        "００００００００",
        "0000000ı",
        "https://t.me/jualdulu_bot",
        "https://t.me/jualdulu_bot?start=PUSAT",
        "https://jahat.example/bot?start=00000000",
        "https://not.me/bot?start=00000000",
        "0" * 4_000,
    ],
)
def test_a_text_without_a_code_has_none(typed: str) -> None:
    assert read_code(typed) is None


def test_u_is_not_taken_for_v() -> None:
    code = make_code(27 << 30)
    assert code.startswith("V")
    assert read_code("U" + code[1:]) is None


def test_only_the_written_form_is_a_code() -> None:
    assert is_code("00000000")
    assert not is_code("0000-0000")
    assert not is_code(make_code(10 << 30).lower())
