"""Several sales in one text: which are told apart, and which stay one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.heard import line_tags
from bot.core.sales.drafts import Draft
from bot.core.sales.quick_entry import StoppedBy, read_line
from bot.core.sales.several_sales import SALES_MAX, sales_in
from tests.core.sales.catalogue import CATALOGUE

TODAY = date(2026, 11, 23)
BUYERS = ("bu Sri", "bu Tutik", "pak Joko", "mbak Rina", "kak Nia")
GOODS = ("sabun", "green tea", "kopi", "mkp", "krim siang")


def read(text: str) -> Draft | None:
    return read_line(
        text,
        CATALOGUE,
        TODAY,
        tags=line_tags(),
        in_thousands=True,
        is_begun=True,
        stopped_by=StoppedBy.NOTHING,
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("sabun 2 bu Sri, mkp 1 bu Tutik", ("sabun 2 bu Sri", "mkp 1 bu Tutik")),
        ("bu Sri sabun 2\nbu Tutik mkp 1", ("bu Sri sabun 2", "bu Tutik mkp 1")),
        ("1. bu Sri sabun 2\n2. bu Tutik mkp 1", ("bu Sri sabun 2", "bu Tutik mkp 1")),
        ("bu Sri sabun 2 dan bu Tutik mkp 1", ("bu Sri sabun 2", "bu Tutik mkp 1")),
        # Goods are named once for all.
        ("sabun 2 bu Sri, 1 bu Tutik", ("sabun 2 bu Sri", "sabun 1 bu Tutik")),
        ("sabun: bu Sri 2, bu Tutik 1", ("sabun: bu Sri 2", "sabun bu Tutik 1")),
        # More goods belong to the buyer before or behind them, as the text has it from the start.
        (
            "bu Sri sabun 2, kopi 1, bu Tutik mkp 1",
            ("bu Sri sabun 2, kopi 1", "bu Tutik mkp 1"),
        ),
        (
            "sabun 2 bu Sri, kopi 1, mkp 1 bu Tutik",
            ("sabun 2 bu Sri", "kopi 1, mkp 1 bu Tutik"),
        ),
        # What is said of the payment stays with its sale, unless it is said of all.
        (
            "bu Sri sabun 2, lunas, bu Tutik mkp 1, belum bayar",
            ("bu Sri sabun 2, lunas", "bu Tutik mkp 1, belum bayar"),
        ),
        (
            "bu Sri sabun 2, bu Tutik mkp 1, lunas semua",
            ("bu Sri sabun 2, lunas semua", "bu Tutik mkp 1, lunas semua"),
        ),
        # A day in front is the day of all that name none.
        (
            "kemarin bu Sri sabun 2, bu Tutik mkp 1",
            ("kemarin bu Sri sabun 2", "kemarin bu Tutik mkp 1"),
        ),
        (
            "tgl 20 bu Sri sabun 2, tgl 21 bu Tutik mkp 1",
            ("tgl 20 bu Sri sabun 2", "tgl 21 bu Tutik mkp 1"),
        ),
        # A buyer without a title or a name, who is only counted for.
        ("sabun 2 bu Sri, 1 orang kos", ("sabun 2 bu Sri", "sabun 1 orang kos")),
        ("sabun 2 bu Sri, 1 tetangga", ("sabun 2 bu Sri", "sabun 1 tetangga")),
        ("sabun 2 bu Sri, satu buat ibunya", ("sabun 2 bu Sri", "sabun satu buat ibunya")),
        ("sabun 2 bu Sri, tetangga 3", ("sabun 2 bu Sri", "sabun tetangga 3")),
        ("sabun 2 bu Sri 1 tetangga", ("sabun 2 bu Sri", "sabun 1 tetangga")),
        (
            "bu Sri 1,5 lusin sabun, bu Tutik setengah lusin sabun",
            ("bu Sri 1,5 lusin sabun", "bu Tutik setengah lusin sabun"),
        ),
    ],
)
def test_sales_are_told_apart(text: str, lines: tuple[str, ...]) -> None:
    assert sales_in(text, read) == lines


@pytest.mark.parametrize(
    "text",
    [
        "sabun 2 bu Sri",
        "bu Sri\n2 sabun 50rb an\n1 mkp\nudah bayar",
        # Whose is which is not said.
        "2 sabun untuk bu Sri dan bu Tutik",
        # How a sum divides among the buyers is not known.
        "bu Sri sabun 2, bu Tutik mkp 1, total 240rb",
        # What is told of the buyer counts nothing that was sold.
        "sabun 2 bu Sri, kedua anaknya masih kecil",
        "sabun 2 bu Sri, 3 orang",
        "sabun 2 bu Sri, 1 anak",
        "sabun 2 bu Sri, 50 orang kos",
        "sabun 2 bu Sri, tetangga depan rumah",
        "saldo saya berapa",
        "",
        "\n\n",
    ],
)
def test_others_stay_one(text: str) -> None:
    assert sales_in(text, read) == (text,)


@given(
    st.lists(
        st.tuples(st.sampled_from(BUYERS), st.integers(1, 9), st.sampled_from(GOODS)),
        min_size=2,
        max_size=5,
        unique_by=lambda sale: sale[0],
    ),
    st.sampled_from(["\n", ", ", "; ", " dan ", "\n- "]),
    st.booleans(),
)
def test_each_sale_is_found_with_its_buyer_and_goods(
    sold: list[tuple[str, int, str]], between: str, buyer_first: bool
) -> None:
    forms = (
        f"{buyer} {goods} {count}" if buyer_first else f"{goods} {count} {buyer}"
        for buyer, count, goods in sold
    )
    found = [read(line) for line in sales_in(between.join(forms), read)]
    assert [
        (draft.customer, draft.items[0].quantity, len(draft.items))
        for draft in found
        if draft is not None
    ] == [(buyer.title(), count, 1) for buyer, count, _ in sold]


@given(st.text(alphabet="12 ,.\n;busriabdan", max_size=120))
def test_nothing_typed_is_lost_or_refused(text: str) -> None:
    lines = sales_in(text, read)
    assert len(lines) == 1 or all(read(line) is not None for line in lines)


def test_a_long_list_is_left_as_it_is() -> None:
    one_by_one = [f"bu Sri{number:c} sabun 1" for number in range(97, 97 + SALES_MAX + 1)]
    assert sales_in("\n".join(one_by_one), read) == ("\n".join(one_by_one),)
    assert len(sales_in("\n".join(one_by_one[:-1]), read)) == SALES_MAX


def test_a_day_is_that_of_the_day_it_is_read() -> None:
    first, second = sales_in("kemarin bu Sri sabun 2, bu Tutik mkp 1", read)
    drafts = [read(first), read(second)]
    assert [draft.day for draft in drafts if draft] == [date(2026, 11, 22)] * 2
