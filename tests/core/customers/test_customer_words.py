"""What sellers type about a customer: one line each, in a hurry."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.conversation.messages import Refusal
from bot.core.customers.customer_changes import (
    CustomerChange,
    NotABirthday,
    NotACustomerChange,
    TooLongToNote,
    read_birthday,
    read_change,
    read_language,
)
from bot.core.customers.customer_keys import name_key
from bot.core.customers.customer_search import CustomerRequest, matches, read_request
from bot.core.customers.new_customer import NewCustomer, read_new_customer
from bot.core.customers.usual_order import BoughtLine, UsualOrder, usual_order
from bot.core.members.people import NotAPhone

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("0812 3456 7890", CustomerChange("phone", "+6281234567890")),
        ("hp: 0812-3456-7890", CustomerChange("phone", "+6281234567890")),
        ("no wa +62 812 3456 7890", CustomerChange("phone", "+6281234567890")),
        ("ultah 3 mei", CustomerChange("birthday", "05-03")),
        ("ULTAHNYA 3/5/1980", CustomerChange("birthday", "05-03")),
        ("tgl lahir: 29 feb 1992", CustomerChange("birthday", "02-29")),
        ("birthday May 3rd", CustomerChange("birthday", "05-03")),
        ("catatan: suka yang wangi", CustomerChange("notes", "suka yang wangi")),
        ("note likes roses", CustomerChange("notes", "likes roses")),
        (
            "mau coba madu, hubungi tgl 3",
            CustomerChange("wish", "mau coba madu", date(2026, 12, 3)),
        ),
        ("mau coba madu", CustomerChange("wish", "mau coba madu")),
        (
            "pengen sabun 2 kabari besok",
            CustomerChange("wish", "pengen sabun 2", date(2026, 11, 29)),
        ),
        ("hubungi minggu depan", CustomerChange("wish", "", date(2026, 12, 5))),
        ("wants honey, call on the 3rd", CustomerChange("wish", "wants honey", date(2026, 12, 3))),
        ("bahasa inggris", CustomerChange("language", "en")),
        ("pesan pakai bahasa indonesia", CustomerChange("language", "id")),
        ("sudah dihubungi", CustomerChange("contacted")),
        ("contacted today", CustomerChange("contacted")),
    ],
)
def test_a_line_says_what_to_note(text: str, change: CustomerChange) -> None:
    assert read_change(text, TODAY) == change


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("orangnya baik", NotACustomerChange),
        ("", NotACustomerChange),
        ("catatan:", NotACustomerChange),
        ("ultah", NotABirthday),
        ("ultah 31 april", NotABirthday),
        ("ultah 1980", NotABirthday),
        ("hp 021 555 1234", NotAPhone),
        ("catatan: " + "a" * 301, TooLongToNote),
        ("mau " + "a" * 120, TooLongToNote),
    ],
)
def test_a_line_that_says_nothing_is_refused(text: str, refusal: type) -> None:
    with pytest.raises(Refusal) as refused:
        read_change(text, TODAY)
    assert isinstance(refused.value.message, refusal)


@given(st.text(max_size=400))
def test_any_line_is_read_or_refused(text: str) -> None:
    try:
        found = read_change(text, TODAY)
    except Refusal:
        return
    assert found.topic


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2000, 12, 31)))
def test_every_birthday_is_read_without_its_year(day: date) -> None:
    for text in (f"{day.day}/{day.month}", f"{day.day}-{day.month}-1975", f"1975-{day:%m-%d}"):
        assert read_birthday(text) == f"{day:%m-%d}"


def test_a_language_has_to_be_named() -> None:
    assert [read_language(text) for text in ("english", "bhs indonesia", "jawa", "")] == [
        *("en", "id", "", "")
    ]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", CustomerRequest("list")),
        ("3", CustomerRequest("list", page=3)),
        ("0", CustomerRequest("list")),
        ("#12", CustomerRequest("card", 12)),
        ("cari", CustomerRequest("ask")),
        ("download", CustomerRequest("files")),
        ("tambah", CustomerRequest("adding")),
        ("ani", CustomerRequest("search", query="ani")),
        ("data bu ani dong", CustomerRequest("search", query="bu ani")),
        ("cari bu ani #2", CustomerRequest("search", query="bu ani", page=2)),
        ("0812 3456 7890", CustomerRequest("search", query="0812 3456 7890")),
        ("daftar pelanggan saya", CustomerRequest("list")),
    ],
)
def test_a_request_is_a_page_a_card_or_a_search(text: str, asked: CustomerRequest) -> None:
    assert read_request(text) == asked


@given(st.text(max_size=300))
def test_a_query_fits_into_a_button(text: str) -> None:
    asked = read_request(text)
    assert len(f"+/pelanggan {asked.query} #9999".encode()) <= 64


@pytest.mark.parametrize(
    ("query", "name", "found"),
    [
        ("ani", "Bu Ani", True),
        ("an", "Pak Anton", True),
        ("ibu ani", "Bu Ani", True),
        ("bu ani", "Pak Ani", False),
        ("rt 3", "Bu Ani RT 03", True),
        ("ni", "Bu Ani", False),
    ],
)
def test_each_word_begins_a_word_of_the_name(query: str, name: str, found: bool) -> None:
    assert matches(name_key(query), name_key(name)) is found


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("bu ani 0812 3456 7890", NewCustomer("Bu Ani", "+6281234567890")),
        ("081234567890 - bu ani", NewCustomer("Bu Ani", "+6281234567890")),
        ("Bu Ani, wa: 0812-3456-7890", NewCustomer("Bu Ani", "+6281234567890")),
        ("Bu Ani RT 3", NewCustomer("Bu Ani RT 3", "")),
        ("+6281234567890", NewCustomer("", "+6281234567890")),
        ("Kantor 021 555 1234", NewCustomer("Kantor 021 555 1234", "")),
        ("💐", NewCustomer("", "")),
        ("", NewCustomer("", "")),
    ],
)
def test_a_new_customer_is_a_name_a_number_or_both(text: str, told: NewCustomer) -> None:
    assert read_new_customer(text) == told


@given(st.text(max_size=400))
def test_a_name_is_never_too_long(text: str) -> None:
    told = read_new_customer(text)
    assert len(told.name) <= 64
    assert told.name == "" or any(sign.isalpha() for sign in told.name)


def _line(sale: int, product: int, quantity: int, amount: int, kept: int = -1) -> BoughtLine:
    pieces = quantity if kept < 0 else kept
    return BoughtLine(sale, product, f"Barang {product}", quantity, pieces, amount)


def test_the_usual_order_is_what_is_taken_most_often_at_its_last_price() -> None:
    lines = [
        _line(1, 1, 2, 100_000),
        _line(2, 2, 9, 90_000),
        _line(3, 1, 2, 90_000),
        _line(4, 1, 1, 45_001),
    ]
    assert usual_order(lines) == UsualOrder("Barang 1", 2, 45_001, 3)
    assert usual_order([_line(1, 1, 2, 1), _line(2, 2, 3, 9)]) == UsualOrder("Barang 2", 3, 3, 1)
    assert usual_order([_line(1, 1, 2, 100_000, kept=0)]) is None
    assert usual_order([_line(1, 1, 3, 100_000, kept=1)]) == UsualOrder("Barang 1", 1, 33_333, 1)
    assert usual_order([]) is None


LINES = st.builds(
    _line,
    st.integers(1, 20),
    st.integers(1, 4),
    st.integers(1, 9),
    st.integers(1, 10**9),
    st.just(-1),
)


@given(st.lists(LINES, max_size=30))
def test_the_usual_order_does_not_depend_on_the_order_of_lines(lines: list[BoughtLine]) -> None:
    found = usual_order(lines)
    assert (found is None) == (not lines)
    if found is not None:
        taken = [line for line in lines if line.name == found.name]
        assert found.times == len({line.sale_id for line in taken})
        assert 1 <= found.quantity <= sum(line.kept for line in taken)
