"""What is typed about an open sale: what is to be different, and what is about something else."""

from dataclasses import fields
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.sales.corrections import Correction, read_correction
from bot.core.sales.drafts import Draft, TypedPrice
from tests.core.sales.catalogue import CATALOGUE

SOAP, TEA = CATALOGUE[:2]
TODAY = date(2026, 11, 26)


def read(text: str, *sold: object) -> Correction | None:
    """Reads a correction of a sale of these products, or of soap alone."""
    return read_correction(text, sold or (SOAP,), CATALOGUE, TODAY)  # type: ignore[arg-type]


def changed(text: str, *sold: object) -> dict[str, object]:
    """The fields of the draft that the text names, beside its items."""
    found = read(text, *sold)
    assert found is not None, text
    bare = Draft((), None, own_use=False, day=None)
    return {
        field.name: getattr(found.draft, field.name)
        for field in fields(Draft)
        if field.name != "items" and getattr(found.draft, field.name) != getattr(bare, field.name)
    }


@pytest.mark.parametrize(
    "text",
    [
        "3", "eh salah 3", "3 aja", "tiga", "jumlahnya 3", "banyaknya 3 dong", "bukan 2 tapi 3",
        "3 bukan 2", "dari 2 jadi 3", "maaf maksudku 3", "make it 3", "sorry 3", "*3*", "3 🙏",
        "harusnya 3 ya", "quantity 3",
    ],
)  # fmt: skip
def test_a_number_alone_is_the_quantity_of_what_was_sold(text: str) -> None:
    found = read(text)
    assert found is not None
    (item,) = found.draft.items
    assert (found.is_unnamed, item.quantity, item.price) == (True, 3, None)


@pytest.mark.parametrize("text", ["sabunnya 3", "3 sabun", "eh sabun 3", "sabun nya 3 aja"])
def test_a_number_with_a_name_is_the_quantity_of_that_product(text: str) -> None:
    found = read(text, TEA, SOAP)
    assert found is not None
    (item,) = found.draft.items
    assert (found.is_unnamed, item.product, item.quantity) == (False, SOAP, 3)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("45rb aja", TypedPrice(45_000, 45_000)),
        ("@45rb", TypedPrice(each=45_000)),
        ("45rban", TypedPrice(each=45_000)),
        ("harganya 45", TypedPrice(45_000, 45_000)),
        ("totalnya 150rb", TypedPrice(total=150_000)),
        ("jumlahnya 150rb", TypedPrice(total=150_000)),
        ("45k each", TypedPrice(each=45_000)),
    ],
)
def test_an_amount_alone_is_a_price(text: str, price: TypedPrice) -> None:
    found = read(text)
    assert found is not None
    assert found.draft.items[0].price == price
    assert found.draft.items[0].quantity is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("buat bu nur", "Bu Nur"), ("ke nur", "Nur"), ("bu nur", "Bu Nur"),
        ("bukan bu ani tapi bu nur", "Bu Nur"), ("bu nur bukan bu ani", "Bu Nur"),
        ("namanya nur hayati", "Nur Hayati"), ("pembelinya bu nur", "Bu Nur"),
        ("for Mrs Nur", "Mrs Nur"), ("atas nama bu nur ya", "Bu Nur"),
    ],
)  # fmt: skip
def test_a_name_is_the_buyer(text: str, name: str) -> None:
    assert changed(text) == {"customer": name}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("kemarin", date(2026, 11, 25)), ("tgl 5", date(2026, 11, 5)),
        ("tanggalnya 5", date(2026, 11, 5)),
        ("harinya senin", date(2026, 11, 23)), ("yesterday", date(2026, 11, 25)),
    ],
)  # fmt: skip
def test_a_day_is_the_day_of_the_sale(text: str, day: date) -> None:
    assert changed(text) == {"day": day}


def test_a_day_that_nobody_can_tell_stays_open() -> None:
    assert changed("minggu lalu") == {"day_is_open": True}


@pytest.mark.parametrize("text", ["lunas", "belum bayar", "dp 50rb", "not paid yet", "transfer"])
def test_words_on_payment_change_the_note(text: str) -> None:
    assert changed(text).keys() == {"payment"}


@pytest.mark.parametrize(
    ("text", "handling"),
    [
        ("tambah 2 teh", "add"), ("sama teh 1", "add"), ("+ 1 teh", "add"), ("also 2 teh", "add"),
        ("sabunnya ga jadi", "drop"), ("hapus sabun", "drop"), ("remove sabun", "drop"),
        ("ganti teh", "swap"), ("bukan sabun tapi teh", "swap"), ("2 teh", "change"),
    ],
)  # fmt: skip
def test_products_come_and_go(text: str, handling: str) -> None:
    found = read(text)
    assert found is not None
    assert found.handling == handling


@pytest.mark.parametrize(
    "text",
    [
        "saldo brp", "madu brp?", "halo", "ok makasih", "asdf", "sabun", "besok diantar", "", "?",
        "retur 1 sabun", "stok sabun tinggal 3", "bu ani mau bayar besok ga", "3?", "x" * 300,
    ],
)  # fmt: skip
def test_what_is_about_something_else_changes_nothing(text: str) -> None:
    assert read(text) is None


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused_or_left_alone(text: str) -> None:
    try:
        found = read(text, SOAP, TEA)
    except Refusal:
        return
    assert found is None or found.handling in {"change", "swap", "add", "drop"}


@given(st.integers(1, 999), st.sampled_from(["{}", "eh {}", "{} aja", "jumlahnya {}", "salah {}"]))
def test_any_quantity_is_read_as_it_was_typed(quantity: int, said: str) -> None:
    found = read(said.format(quantity))
    assert found is not None
    assert found.draft.items[0].quantity == quantity
