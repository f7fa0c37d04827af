"""What a line about a sale says of the payment, of its own use and of a day that must be asked."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core.sales.drafts import Discount, Draft, TypedPrice
from bot.core.sales.payment_note import Means, Payment
from bot.core.sales.quick_entry import StoppedBy, read_line
from tests.core.sales.catalogue import CATALOGUE
from tests.core.sales.costs import noted

THURSDAY = date(2026, 11, 12)


def draft_of(line: str) -> Draft:
    draft = read_line(line, CATALOGUE, THURSDAY, in_thousands=True)
    assert draft is not None
    assert draft.items
    return draft


@pytest.mark.parametrize(
    ("line", "in_full", "deposit", "means"),
    [
        ("2 sabun bu ani lunas", True, 0, ()),
        ("2 sabun bu ani lunasmi", True, 0, ()),
        ("2 sabun bu ani 90rb bayar separuh dulu", False, 0, ()),
        ("2 sabun bu ani 90rb bayar separuh 45rb", None, 45_000, ()),
        ("2 sabun bu ani, sonde bayar dulu", False, 0, ()),
        ("2 sabun bu ani blm transfer", False, 0, ()),
        ("2 sabun bu ani belum di tf", False, 0, ()),
        ("2 sabun bu ani tf, sisanya belum", False, 0, ("transfer",)),
        ("2 sabun bu ani termin 14 hari", False, 0, ()),
        ("2 sabun bu ani tempo 30 hr", False, 0, ()),
        ("2 sabun bu ani catet dulu byr akhir bln", False, 0, ()),
        ("2 sabun bu ani tunaiji", None, 0, ("cash",)),
        ("2 sabun bu ani smwny 100rb blm byr", False, 0, ()),
        ("2 sabun bu ani dibayar mah teu acan", False, 0, ()),
        ("2 sabun bu ani, teu acan artosna", False, 0, ()),
        ("2 sabun bu ani, bayare mengko nek bar panen", False, 0, ()),
        ("2 sabun bu ani, rek dibayar tanggal muda", False, 0, ()),
        ("2 sabun bu ani, baru kasih 50 ribu uang muka", None, 50_000, ()),
        ("2 sabun bu ani 100rb, separo dulu nabayar 50rb", None, 50_000, ()),
        ("2 sabun bu ani sampun bayar", True, 0, ()),
        ("bu ani beli 2 sabun, telah dibayar", True, 0, ()),
        ("2 sabun bu ani 100rb uangnya sudah saya terima", True, 0, ()),
        ("2 sabun bu ani dibayar 100rb", True, 0, ()),
        ("2 sabun bu ani dibayar 50rb dulu", None, 50_000, ()),
        ("2 sabun bu ani, duitnya entar", False, 0, ()),
        ("2 sabun bu ani lunas no ngutang", True, 0, ()),
        ("2 sabun bu ani 100rb, separuh dulu 40rb", None, 40_000, ()),
        ("2 sabun bu ani sudah dibayar pakai qris", True, 0, ("qris",)),
        ("2 sabun bu ani udah tf", None, 0, ("transfer",)),
        ("2 sabun bu ani kontan", None, 0, ("cash",)),
        ("2 sabun bu ani udah lnuas", True, 0, ()),
        ("2 sabun bu ani belmu bayra", False, 0, ()),
        ("2 sabun bu ani trasnfer", None, 0, ("transfer",)),
        ("2 sabun bu ani bayar pake BRImo", None, 0, ("transfer",)),
        ("2 sabun bu ani bayar pakai dana semuanya 100rb", None, 0, ("transfer",)),
        ("2 sabun bu ani bayarnya baru separuh", None, 50_000, ()),
        ("2 sabun bu ani, 100k, so far she gave me 60k", None, 60_000, ()),
        ("2 sabun bu ani, she hasnt paid yet", False, 0, ()),
        ("2 sabun bu ani, they haven’t paid", False, 0, ()),
        ("2 sabun bu ani, didnt pay yet", False, 0, ()),
        ("2 sabun bu ani 100rb total, gopay qris", None, 0, ("qris",)),
        ("2 sabun bu ani 100rb - BRI", None, 0, ("transfer",)),
        ("2 sabun bu ani 100000 bca", None, 0, ("transfer",)),
        ("2 sabun bu ani lunas mandiri", True, 0, ("transfer",)),
        ("2 sabun bu ani, pembayaran melalui Bank Jateng", None, 0, ("transfer",)),
        ("bu ani sabun 2 dana 50rb", None, 0, ("transfer",)),
        ("2 sabun bu ani 100rb, udh transfer separo 50rb", None, 50_000, ("transfer",)),
        ("2 sabun bu ani @100rb, dp separo", None, 100_000, ()),
        ("2 sabun bu ani 100rb, udah dibayar setengahnya 40rb", None, 40_000, ()),
        ("2 sabun bu ani 100rb, dicicil, baru noban", None, 20_000, ()),
        ("2 sabun bu ani tgl 9 lunas tunai", True, 0, ("cash",)),
        ("2 sabun bu ani, ktnya tgl 20 bru dibyr", False, 0, ()),
        ("2 sabun bu ani, nego jadi 75 sebotol, dibayar kontan", None, 0, ("cash",)),
        ("2 sabun bu ani artosna transfer", None, 0, ("transfer",)),
        ("2 sabun bu ani blm byar", False, 0, ()),
        ("2 sabun bu ani nganjuk heula", False, 0, ()),
        ("2 sabun bu ani, mangke mbayaripun", False, 0, ()),
        ("2 sabun bu ani, nanti gajian baru bayar", False, 0, ()),
        ("2 sabun bu ani tempo dua minggu", False, 0, ()),
        ("2 sabun bu ani, she will pay next week", False, 0, ()),
        ("2 sabun bu ani dp 50 sisanya nanti", None, 50_000, ()),
        ("2 sabun bu ani bayar setengah dulu 50rb", None, 50_000, ()),
        ("2 sabun bu ani uang muka 50rb", None, 50_000, ()),
        ("2 sabun @50rb. bayar 80 dulu. bu ani", None, 80_000, ()),
        ("sabun 2, 100rb, transfer 80 dulu, bu ani", None, 80_000, ("transfer",)),
        ("bu ani, sabun 2 @60, cash 100 kurang 20", None, 100_000, ("cash",)),
        ("bu ani 2 sabun 120rb, dibayar 100rb, kurangnya lusa", None, 100_000, ()),
        ("bu ani sabun 2, dibayar Rp50.000, sisanya menyusul", None, 50_000, ()),
        ("bu ani sabun 2, pay 60 first", None, 60_000, ()),
        ("sabun 2 100rb bu ani, baru masuk 80rb", None, 80_000, ()),
        ("bu ani sabun 2 teh 1 total 140rb, sdh tf 100", None, 100_000, ("transfer",)),
        ("bu ani sabun 2 100rb, dia tf 110rb", None, 0, ("transfer",)),
        ("bu ani sabun 2 gopay", None, 0, ("transfer",)),
        ("bu ani sabun 2 dibayar di tempat", True, 0, ()),
        ("bu ani sabun 2, blm, tagihnya senin", False, 0, ()),
        ("2 sabun bu ani, gocap dulu", None, 50_000, ()),
        ("2 sabun bu ani kaga pake bayar dulu", False, 0, ()),
        ("2 sabun bu ani ga usah bayar dulu", False, 0, ()),
        ("2 sabun bu ani, gi' otang", False, 0, ()),
        ("2 sabun bu ani bayar nanti malam", False, 0, ()),
        ("2 sabun bu ani, besok katanya uangnya", False, 0, ()),
        ("2 sabun bu ani, nanti dia antar uang", False, 0, ()),
        ("2 sabun bu ani, nanti bulan muka baru bayar", False, 0, ()),
        ("2 sabun bu ani belum bayar katanya tunggu gajian", False, 0, ()),
        ("2 sabun bu ani, no payment yet", False, 0, ()),
        ("2 sabun bu ani, still owe me", False, 0, ()),
        ("2 sabun bu ani, on her tab", False, 0, ()),
        ("2 sabun bu ani belom kasih duit", False, 0, ()),
        ("2 sabun bu ani bayarnya arisan depan", False, 0, ()),
        ("2 sabun bu ani dibayar kagek", False, 0, ()),
        ("2 sabun bu ani tak dibayarnya pulak", False, 0, ()),
        ("2 sabun bu ani, tf nanti sore", False, 0, ("transfer",)),
        ("2 sabun bu ani, nda utang", None, 0, ()),
        ("2 sabun bu ani, tidak mau bon, cash", None, 0, ("cash",)),
        ("2 sabun bu ani sudah dia bayar", True, 0, ()),
        ("2 sabun bu ani, dibayar pas", True, 0, ()),
        ("2 sabun bu ani 100rb, pas uangnya", True, 0, ()),
        ("2 sabun bu ani, bayar pas gajian", False, 0, ()),
        ("2 sabun bu ani, artane sampun kula tampi", True, 0, ()),
        ("2 sabun bu ani, wis tak tompo duite", True, 0, ()),
        ("2 sabun bu ani sdh dikasih uangnya", True, 0, ()),
        ("2 sabun bu ani, la majar", True, 0, ()),
        ("2 sabun bu ani, finish pay", True, 0, ()),
        ("2 sabun bu ani, bayar langsung", True, 0, ()),
        ("2 sabun bu ani 100rb sudah masuk rekening", True, 0, ("transfer",)),
        ("2 sabun bu ani bayar pake m-banking", None, 0, ("transfer",)),
        ("2 sabun bu ani mayah nganggo qris", None, 0, ("qris",)),
        ("2 sabun bu ani, tempo hari dia ambil", None, 0, ()),
        ("2 sabun bu ani, depe harga 50 satu", None, 0, ()),
        ("2 sabun bu ani, 50rb sebagai dp", None, 50_000, ()),
        ("2 sabun bu ani", None, 0, ()),
        ("2 sabun bu ani, bayar dulu 50rb", None, 50_000, ()),
        ("2 sabun lagi bu ani bayar 100rb", None, 0, ()),
        ("2 sabun bu ani, baru ngasih 20rb", None, 20_000, ()),
        ("2 sabun bu ani, dibayar dulu seratus ribu", None, 100_000, ()),
        ("2 sabun bu ani hanyar dibayar 50rb", None, 50_000, ()),
        ("2 sabun bu ani 95rb sudah dikasih uang muka 50rb", None, 50_000, ()),
        ("2 sabun bu ani, sudah bayar dp 30rb", None, 30_000, ()),
        ("2 sabun bu ani, baru terima panjar 20rb", None, 20_000, ()),
        ("2 sabun bu ani, sesok mbayare", False, 0, ()),
        ("2 sabun bu ani bayar kalau panen", False, 0, ()),
        ("2 sabun bu ani bayar habis lebaran", False, 0, ()),
        ("2 sabun bu ani, dibayar pas arisan", False, 0, ()),
        ("2 sabun bu ani, janji bayar tgl 20", False, 0, ()),
        ("2 sabun bu ani udh lunas via bca", True, 0, ("transfer",)),
        ("2 sabun bu ani bayar lewat BNI", None, 0, ("transfer",)),
        ("2 sabun bu ani 90rb tf ke rek saya", None, 0, ("transfer",)),
        ("2 sabun bu ani pembayarannya tempo 30 hari", False, 0, ()),
        ("put down 2 sabun for bu ani", None, 0, ()),
        ("2 sabun bu ani sent to my BCA", None, 0, ("transfer",)),
        ("2 sabun bu ani, na transferkan ka'", None, 0, ("transfer",)),
        ("2 sabun bu ani, na kasih ka' uang 50 ribu, sisanya nanti pi", None, 50_000, ()),
        ("2 sabun bu ani, dia kase muka 50rb", None, 50_000, ()),
        ("2 sabun bu ani, baru dibayar setengah yaitu Rp50.000", None, 50_000, ()),
        ("2 sabun bu ani. She gave 60k so far.", None, 60_000, ()),
        ("2 sabun bu ani 1 jt", None, 0, ()),
        ("2 sabun bu ani jt tempo tgl 20", False, 0, ()),
        ("2 sabun @50rb bu ani, udah DP 50%", None, 50_000, ()),
        ("2 sabun @50rb bu ani, dibayar 50%", None, 50_000, ()),
        ("2 sabun bu ani sijine 45rb, bayar separo sik", None, 45_000, ()),
        ("2 sabun bu ani. baru na kasi 50rb", None, 50_000, ()),
        ("2 sabun bu ani, sa trima 50 sisa nanti", None, 50_000, ()),
        ("2 sabun bu ani dia kasi 50 sa dulu", None, 50_000, ()),
        ("2 sabun bu ani and put down 60", None, 60_000, ()),
        ("2 sabun bu ani, he give 50 first", None, 50_000, ()),
        ("2 sabun bu ani, she'll pay me when her check clears", False, 0, ()),
        ("2 sabun bu ani purn. TNI", None, 0, ()),
        ("2 sabun bu ani 84rb, so kase doi", True, 0, ()),
        ("2 sabun bu ani, kapan2 lah dibayarnya", False, 0, ()),
        ("2 sabun @50rb bu ani, bayar muka 50 ribu", None, 50_000, ()),
        ("2 sabun bu ani, bayarna engke tanggal hiji", False, 0, ()),
        ("2 sabun bu ani yesterday, he pays me on friday", False, 0, ()),
        ("bu ani paid 50,000 of the 90,000 for 2 sabun", None, 50_000, ()),
        ("2 sabun bu ani. He paid 80 thousand first.", None, 80_000, ()),
        ("2 sabun bu ani dp 50rb udah lunas", True, 50_000, ()),
        ("2 sabun @42rb bu ani ngasih 50 dulu", None, 50_000, ()),
        ("2 sabun bu ani 90rb for both, half now half later", None, 45_000, ()),
        ("separo dulu ya bu ani 2 sabun @44", None, 44_000, ()),
        ("2 sabun bu ani, lagi dibayar 30rb", None, 30_000, ()),
        ("2 sabun bu ani, baru nyerahin goban", None, 50_000, ()),
        ("2 sabun bu ani, masuk 55rb yg 45rb nyusul", None, 55_000, ()),
        ("2 sabun bu ani, dibayarnya 50 dari 90", None, 50_000, ()),
    ],
)
def test_a_payment_is_noted_as_far_as_it_is_said(
    line: str, in_full: bool | None, deposit: int, means: tuple[Means, ...]
) -> None:
    draft = draft_of(line)
    assert replace(noted(draft), due_on=None, rest=0, share=0) == Payment(in_full, deposit, means)
    assert draft.customer == "Bu Ani"
    assert draft.items[0].quantity == 2


@pytest.mark.parametrize(
    ("line", "in_full", "deposit"),
    [
        # What was paid is the price less what is still owed; the price list says 50,000 each.
        ("2 sabun bu ani total 95rb masih kurang 45", None, 50_000),
        ("2 sabun @50rb bu ani kurang 45rb", None, 55_000),
        # 95,000 each or for both.
        ("2 sabun bu ani 95rb kurang 45rb", False, 0),
        ("2 sabun bu ani, masih kurang 45rb", None, 55_000),
        ("2 sabun bu ani, sisa hutang 60rb", None, 40_000),
        ("2 sabun bu ani, short 60k", None, 40_000),
        ("2 sabun bu ani, kurang 60 ribu lagi", None, 40_000),
        ("2 sabun bu ani, kurang 20 lagi dari 140", None, 120_000),
        ("2 sabun bu ani, byr 50rb dlu sisa 66 nyusul", None, 50_000),
        ("2 sabun bu ani, kurang 10 botol", None, 0),
        ("2 sabun bu ani 100rb all in, she's 32 short", None, 68_000),
        ("2 sabun bu ani, bayar 60 hutang 40", None, 60_000),
        ("2 sabun bu ani ngutang 100rb", False, 0),
        ("kurang 15 bu ani ambil 2 sabun", None, 85_000),
        ("masih kurang 40 lagi bu ani 2 sabun", None, 60_000),
        ("2 sabun bu ani 100rb semua, nunggak 58", None, 42_000),
        ("2 sabun bu ani, still owes 15", None, 85_000),
        ("2 sabun bu ani, bayarna kantun 50rb deui", None, 50_000),
        ("2 sabun @50rb bu ani, kurangane 40", None, 60_000),
        ("2 sabun @50rb bu ani, sisa pembayaran Rp40.000", None, 60_000),
        ("2 sabun 1 teh hijau bu ani total 140rb sisanya 40rb", None, 100_000),
        ("2 sabun bu ani diskon 10rb, masih kurang 40rb", None, 50_000),
        # More than it costs, or all of it: how much was paid is not known, only that some is owed.
        ("2 sabun bu ani, masih kurang 100rb", False, 0),
        ("2 sabun bu ani, masih kurang 250rb", False, 0),
        ("2 sabun bu ani nyicil 3x yang pertama 30rb", None, 30_000),
        ("2 sabun bu ani nyicil 3x", False, 0),
        ("2 sabun bu ani potong gaji", False, 0),
        ("2 sabun bu ani, besok katanya dibayar", False, 0),
        ("2 sabun bu ani nyicil 5", None, 5_000),
        ("2 sabun bu ani ngasih 50% dulu", None, 50_000),
        ("2 sabun bu ani lunas, besok diambil", True, 0),
        ("2 sabun bu ani tunai 100rb, besok kuantar", None, 0),
        ("2 sabun bu ani, katanya besok beli lagi", None, 0),
        ("2 sabun bu ani dp 50, tgl 1 lunas", None, 50_000),
        ("2 sabun bu ani utang tgl 5 lunas", False, 0),
        ("2 sabun bu ani belum, tgl 1 lunas", False, 0),
        ("2 sabun bu ani 100rb tgl 30 lunas", False, 0),
        ("2 sabun bu ani tgl 9 lunas", True, 0),
    ],
)
def test_a_rest_named_by_its_amount_leaves_what_was_paid(
    line: str, in_full: bool | None, deposit: int
) -> None:
    draft = read_line(
        line,
        CATALOGUE,
        THURSDAY,
        in_thousands=True,
        is_begun=True,
        stopped_by=StoppedBy.NOTHING,
    )
    assert draft is not None
    payment = noted(draft)
    assert (payment.in_full, payment.deposit) == (in_full, deposit)
    assert draft.customer == "Bu Ani"
    assert draft.items[0].quantity == 2


@pytest.mark.parametrize(
    "line", ["2 sabun bu ani minta kurang 10rb", "2 sabun bu ani nawar kurang 10rb"]
)
def test_a_lower_price_that_was_asked_for_is_no_debt(line: str) -> None:
    draft = draft_of(line)
    assert draft.discount == Discount(amount=10_000)
    assert not draft.payment.is_stated


@pytest.mark.parametrize(
    ("line", "due_on"),
    [
        ("2 sabun bu ani belum bayar sampai tgl 5", date(2026, 12, 5)),
        ("2 sabun bu ani blm bayar smpe tgl 20", date(2026, 11, 20)),
        ("2 sabun bu ani bon, bayar jumat", date(2026, 11, 13)),
        ("2 sabun bu ani belum bayar, janji tgl 20", date(2026, 11, 20)),
        ("2 sabun bu ani dibayar tgl 5 januari", date(2027, 1, 5)),
        ("2 sabun bu ani DP 50rb sisanya minggu depan", date(2026, 11, 19)),
        ("2 sabun bu ani utang dulu sampai akhir bulan", date(2026, 11, 30)),
        ("2 sabun bu ani bon jatuh tempo tgl 10 desember", date(2026, 12, 10)),
        ("2 sabun bu ani not paid until friday", date(2026, 11, 13)),
        ("2 soap mrs ani on credit, due 5 dec", date(2026, 12, 5)),
    ],
)
def test_a_day_behind_a_debt_is_when_it_is_due_and_no_day_of_the_sale(
    line: str, due_on: date
) -> None:
    draft = draft_of(line)
    assert draft.payment.due_on == due_on
    assert not draft.payment.when_is_open
    assert draft.day is None
    assert not draft.day_is_open


@pytest.mark.parametrize(
    "line",
    [
        "2 sabun bu ani bayar jumat depan",
        "2 sabun bu ani nanti gajian baru bayar",
        "2 sabun bu ani belum bayar sampai tanggal muda",
        "2 sabun bu ani belum bayar sampai tgl 31",
        "2 sabun bu ani tgl 3, belum bayar sampai tgl 5",  # this month's, or the next
    ],
)
def test_a_time_that_is_no_certain_day_stays_open(line: str) -> None:
    draft = draft_of(line)
    assert draft.payment.due_on is None
    assert draft.payment.when_is_open


@pytest.mark.parametrize(
    "line", ["2 sabun bu ani lunas jumat", "2 sabun bu ani", "2 sabun bu ani bayar nanti"]
)
def test_where_no_day_is_said_none_is_open(line: str) -> None:
    payment = draft_of(line).payment
    assert (payment.due_on, payment.when_is_open) == (None, False)


def test_a_day_that_is_told_later_keeps_the_deposit() -> None:
    noted = Payment(deposit=50_000, means=("cash",))
    friday = date(2026, 11, 13)
    assert noted.told_anew(Payment(in_full=False, due_on=friday)) == Payment(
        None, 50_000, ("cash",), friday
    )
    assert noted.told_anew(Payment(in_full=True)) == Payment(in_full=True)
    assert Payment(in_full=False).told_anew(Payment(deposit=10_000)) == Payment(deposit=10_000)


def test_a_rest_stays_what_is_owed_when_the_price_changes() -> None:
    rest = Payment(in_full=False, rest=45_000)
    assert rest.of(120_000) == Payment(deposit=75_000)
    assert rest.of(90_000) == Payment(deposit=45_000)
    assert rest.of(45_000) == rest.of(30_000) == Payment(in_full=False)
    assert Payment(in_full=False, share=5_000).of(90_001) == Payment(deposit=45_000)
    friday = date(2026, 11, 13)
    assert rest.told_anew(Payment(in_full=False, due_on=friday)) == replace(rest, due_on=friday)
    assert rest.told_anew(Payment(in_full=True)) == Payment(in_full=True)


@pytest.mark.parametrize(
    "line",
    [
        "2 sabun dipakai ibu sendiri",
        "sabun 2 pke sndri",
        "buat dipakai orang rumah, 2 sabun",
        "2 sabun kulo agem piyambak",
        "2 sabun keur di imah",
        "used 2 soap for my own consumption",
        "2 sabun bukan dijual",
        "2 sabun aye minum ndiri",
        "2 sabun kita pakai sandiri",
        "pke sdr sabun 2",
        "2 sabun, own",
        "2 sabun kupake sendirinya",
        "2 sabun tiang pakai mesaq",
        "2 sabun kita habisin sekeluarga",
        "2 sabun dah dipake rame2 di rumah",
    ],
)
def test_goods_that_the_seller_keeps_have_no_buyer(line: str) -> None:
    draft = draft_of(line)
    assert draft.own_use
    assert draft.customer is None
    assert draft.items[0].quantity == 2


@pytest.mark.parametrize(
    "line",
    [
        "beberapa hari lalu 2 sabun bu ani",
        "2 sabun bu ani bulan lalu",
        "tgl 10 apa tgl 11 bu ani beli 2 sabun",
        "awal bulan bu ani beli 2 sabun",
    ],
)
def test_a_day_that_nobody_can_tell_is_asked_for(line: str) -> None:
    draft = draft_of(line)
    assert draft.day_is_open
    assert draft.day is None
    assert draft.customer == "Bu Ani"


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("2 sabun bu ani potong 5rb", 5_000),
        ("2 sabun bu ani kasih potongan 5rb", 5_000),
        ("2 sabun bu ani, 5rb diskon", 5_000),
        ("2 sabun bu ani dikurangi 5rb", 5_000),
        ("2 sabun bu ani dskn 5rb", 5_000),
    ],
)
def test_an_amount_taken_off_is_no_price(line: str, amount: int) -> None:
    draft = draft_of(line)
    assert draft.discount == Discount(amount=amount)
    assert draft.items[0].price is None


@pytest.mark.parametrize(
    ("line", "basis_points"),
    [
        ("jual 3 sabun diskon 10% bu ani", 1_000),
        ("3 sabun diskon 12,5% bu ani", 1_250),
        ("3 sabun bu ani 10% off", 1_000),
        ("3 sabun bu ani didiskon 10 persen", 1_000),
        ("laku tiga sabun bu ani korting lima persen", 500),
        ("sold 3 soap to Bu Ani, ten percent off", 1_000),
        ("3 sabun bu ani diskon seratus persen", 10_000),
        ("3 sabun bu ani diskon 100%", 10_000),
    ],
)
def test_a_part_taken_off_is_read_in_signs_and_in_words(line: str, basis_points: int) -> None:
    draft = draft_of(line)
    assert draft.discount == Discount(basis_points=basis_points)
    assert draft.items[0].price is None
    assert draft.customer == "Bu Ani"


def test_half_a_thousand_is_said_with_a_point() -> None:
    assert draft_of("2 sabun bu ani @47.5").items[0].price == TypedPrice(each=47_500)


def test_a_price_before_a_part_taken_off_stays_a_price() -> None:
    draft = draft_of("3 sabun @45rb diskon 10% bu ani")
    assert draft.items[0].price == TypedPrice(each=45_000)
    assert draft.discount == Discount(basis_points=1_000)
    draft = draft_of("3 sabun 45rb diskon 10% bu ani")
    assert draft.items[0].price == TypedPrice(each=45_000, total=45_000)
    assert draft.discount == Discount(basis_points=1_000)


@pytest.mark.parametrize(
    ("line", "day", "due_on"),
    [
        ("bu ani sabun 2, belum bayar, tagihnya senin", None, date(2026, 11, 16)),
        ("bu ani sabun 2 utang, gajian tgl 30", None, date(2026, 11, 30)),
        ("bu ani sabun 2 belum bayar, janji tgl 5", None, date(2026, 12, 5)),
        ("bu ani sabun 2 dp 50rb, kurangannya diantar besok", None, date(2026, 11, 13)),
        # A coming day beside words of money is when they come.
        ("sabun 2 bu ani, besok baru dikasih duitnya", None, date(2026, 11, 13)),
        ("sabun 2 bu ani, katanya besok lah ditransfer", None, date(2026, 11, 13)),
        ("sabun 2 bu ani kurang 15rb lagi katanye besok", None, date(2026, 11, 13)),
        # Without a word of promise a day that is over is the day of the sale.
        ("bu ani sabun 2 belum bayar, kemarin", date(2026, 11, 11), None),
        ("senin bu ani sabun 2 belum bayar", date(2026, 11, 9), None),
    ],
)
def test_a_day_behind_what_is_owed_is_the_day_of_the_promise(
    line: str, day: date | None, due_on: date | None
) -> None:
    draft = read_line(line, CATALOGUE, THURSDAY, is_begun=True, stopped_by=StoppedBy.NOTHING)
    assert draft is not None
    assert (draft.day, draft.payment.due_on) == (day, due_on)


@pytest.mark.parametrize(
    ("discount", "total", "charged"),
    [
        (Discount(amount=10_000), 100_000, 90_000),
        (Discount(amount=10_000), 90_000, 90_000),
        (Discount(amount=10_000), 120_000, 110_000),
        (Discount(basis_points=1_000), 90_000, 90_000),
    ],
)
def test_a_sum_beside_a_discount_is_before_it_or_after_it(
    discount: Discount, total: int, charged: int
) -> None:
    assert discount.after(total, listed=100_000) == charged
