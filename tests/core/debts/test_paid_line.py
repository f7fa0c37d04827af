"""What sellers write of debts and payments: who, how much, how, when; no promise is a payment."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.debts.paid_line import AGO_DAYS_MAX, PaidLine, read_paid_line, says_more
from bot.core.input.money import AMOUNT_MAX

THURSDAY = date(2026, 11, 26)

PAID = {
    "bu ani bayar 50rb": PaidLine("paid", "bu ani", None, 50_000),
    "bu ani byr 50": PaidLine("paid", "bu ani", None, 50_000),
    "ani paid 50k": PaidLine("paid", "ani", None, 50_000),
    "150 dibayarmi Daeng Lala": PaidLine("paid", "Daeng Lala", None, 150_000),
    "bu ani bayar 1,5jt": PaidLine("paid", "bu ani", None, 1_500_000),
    "acil ijah mambayar hutangnya, saratus ribu": PaidLine("paid", "acil ijah", None, 100_000),
    "TERIMA CICILAN BU SARTI 50.000": PaidLine("paid", "BU SARTI", None, 50_000),
    "bu ani lunas": PaidLine("paid", "bu ani", in_full=True),
    "lunasmi Bu Hasna": PaidLine("paid", "Bu Hasna", in_full=True),
    "lunas": PaidLine("paid", in_full=True),
    "S-1001 lunas": PaidLine("paid", "", 1, in_full=True),
    "bu ani sudah bayar": PaidLine("paid", "bu ani"),
    "ani has paid half": PaidLine("paid", "ani"),
    "bu ani lunas qris": PaidLine("paid", "bu ani", in_full=True, means="qris"),
    "bu ani transfer 50rb kemarin": PaidLine(
        "paid", "bu ani", None, 50_000, means="transfer", day=date(2026, 11, 25)
    ),
    "bu ani rt 3 bayar 50.000 tgl 20": PaidLine(
        "paid", "bu ani rt 3", None, 50_000, day=date(2026, 11, 20)
    ),
    "bu ani bayar yang kemarin": PaidLine("paid", "bu ani"),
    "bu ani bayar yg sabun 2 kmrn": PaidLine("paid", "bu ani sabun 2"),
    "lik jum nyaur 38": PaidLine("paid", "lik jum", None, 38_000),
    "bu ani bayar satu juta setengah": PaidLine("paid", "bu ani", None, 1_500_000),
    "toko maju nyicil 2jt setengah": PaidLine("paid", "toko maju", None, 2_500_000),
    "bu ani bayar 50rb dan 20rb": PaidLine("paid", "bu ani dan"),
}
OF_ONE = {
    "utang bu ani brp": "bu ani",
    "bu ani utang 50rb": "bu ani",
    "bu ani belum bayar": "bu ani",
    "PAK KARTO JANJI MELUNASI TGL 1": "PAK KARTO",
    "Ricky will pay me on Saturday": "Ricky",
    "mas agus nyaur separo, sisane minggu ngarep": "mas agus",
    "Mr Yap still owes 165k": "Mr Yap",
    "bu ani bayar besok": "bu ani",
}
OF_ALL = (
    "siapa yang belum bayar",
    "bon siapa aja",
    "who owes me",
    "saha wae nya nu can mayar ka abdi",
    "orang yang belum bayar ke saya",
    "utang",
)


@pytest.mark.parametrize("text", ["25rb", "eh 25rb aja", "transfer kemarin", "bu ani lunas", "20"])
def test_words_about_the_payment_say_no_more(text: str) -> None:
    assert not says_more(read_paid_line(text, THURSDAY), "Bu Ani")


@pytest.mark.parametrize(
    "text",
    [
        "stok sabun sereh 12",
        "2 sabun 50rb bu tini",
        "untung brp klo jual 45",
        "pak budi bayar 20rb",
    ],
)
def test_a_line_about_something_else_changes_no_payment(text: str) -> None:
    assert says_more(read_paid_line(text, THURSDAY), "Bu Ani")


@pytest.mark.parametrize(("text", "line"), PAID.items())
def test_a_payment_is_read_as_far_as_it_is_said(text: str, line: PaidLine) -> None:
    found = read_paid_line(text, THURSDAY)
    assert found.says_paid
    assert (found.about, found.name, found.sale_id, found.amount) == (
        line.about,
        line.name,
        line.sale_id,
        line.amount,
    )
    assert (found.in_full, found.means, found.day) == (line.in_full, line.means, line.day)


@pytest.mark.parametrize(("text", "name"), OF_ONE.items())
def test_a_question_a_debt_and_a_promise_are_no_payment(text: str, name: str) -> None:
    found = read_paid_line(text, THURSDAY)
    assert (found.about, found.name, found.amount) == ("one", name, None)


@pytest.mark.parametrize("text", OF_ALL)
def test_who_owes_is_asked_of_all(text: str) -> None:
    assert read_paid_line(text, THURSDAY) == PaidLine("all")


@given(
    words=st.lists(
        st.sampled_from(
            ["bu", "ani", "bayar", "50", "rb", "99999999999", "1.5", "tgl", "5", "besok", "lunas"]
        ),
        max_size=8,
    )
)
def test_what_is_read_is_possible(words: list[str]) -> None:
    found = read_paid_line(" ".join(words), THURSDAY)
    assert found.amount is None or 0 < found.amount <= AMOUNT_MAX
    assert found.day is None or 0 <= (THURSDAY - found.day).days <= AGO_DAYS_MAX
