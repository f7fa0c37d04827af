"""Whether a line is paid, by weights that were learned, where the rules see nothing of it."""

from datetime import date

import pytest

from bot.content.heard import line_tags
from bot.core.sales.line.tags.payment_tags import TOKENS_MAX, with_tagged_payment
from bot.core.sales.payment_note import Payment
from bot.core.sales.products import names_of
from bot.core.sales.quick_entry import read_line
from bot.core.sales.telling.beginnings import opened
from tests.core.sales.catalogue import CATALOGUE

CALLED = names_of(CATALOGUE)
THURSDAY = date(2026, 11, 12)


def payment_in(text: str, *, ruled: bool = False) -> Payment:
    draft = read_line(text, CATALOGUE, THURSDAY, tags=None if ruled else line_tags())
    assert draft is not None
    return draft.payment


@pytest.mark.parametrize(
    "text",
    [
        "2 sabun bu ani, duitnye udah ane terima",
        "sabun 3 pak nur, artone wis tak tampa kabeh",
        "sabun 2 bu ani bayari sudah",
        "bu ani 3 sabun, doi su kase samua",
    ],
)
def test_money_that_came_is_seen(text: str) -> None:
    assert not payment_in(text, ruled=True).is_stated
    assert payment_in(text) == Payment(in_full=True)


@pytest.mark.parametrize(
    "text", ["usi marta ambe sabun satu, balong bayar", "3 sabun pak nur, bayarnya panen"]
)
def test_money_that_is_owed_is_seen(text: str) -> None:
    assert not payment_in(text, ruled=True).is_stated
    assert payment_in(text) == Payment(in_full=False)


@pytest.mark.parametrize(
    "text",
    [
        "2 sabun bu ani",
        "J 2 SABUN @50rb Bu Ani",
        "sabun 3 pak nur kemarin",
        "2 sabun 1 teh bu ani total 150rb",
        "bu rina tetangga sebelah ambil sabun 2",
        "sold 2 soap to Mrs Ani",
        "sabun 2 bu ani diskon 5rb",
    ],
)
def test_nothing_is_seen_where_nothing_is_said(text: str) -> None:
    assert not payment_in(text).is_stated


@pytest.mark.parametrize(
    "text", ["2 sabun bu ani lunas", "2 sabun bu ani bon", "2 sabun tf bu ani"]
)
def test_what_the_rules_read_stays(text: str) -> None:
    ruled = payment_in(text, ruled=True)
    assert ruled.is_stated
    assert payment_in(text) == ruled


def test_the_weights_say_nothing_of_goods_for_oneself_or_of_a_line_without_goods() -> None:
    own = read_line(
        "2 sabun pakai sendiri, duitnye udah ane terima", CATALOGUE, THURSDAY, tags=line_tags()
    )
    assert own is not None
    assert own.own_use
    tokens = opened("2 sabun bu ani, duitnye udah ane terima", CALLED, is_begun=False).tokens
    assert with_tagged_payment(tokens, Payment(), line_tags()).in_full
    assert not own.payment.is_stated
    assert not payment_in("jual ke bu ani").is_stated


def test_a_long_line_is_left_to_the_rules() -> None:
    tokens = opened(
        "2 sabun bu ani duitnye udah ane terima " + "ya " * TOKENS_MAX,
        CALLED,
        is_begun=False,
    ).tokens
    assert with_tagged_payment(tokens, Payment(), line_tags()) == Payment()
