"""Words around an amount that was paid while a rest is left: `bayar 100, kurangnya lusa`.

Also those around a sum that only was to be paid, and around the day of a promise.
"""

from typing import Final

from bot.core.input.day_words import TOMORROW
from bot.core.sales.line.words.vocabulary import FIRST

__all__ = [
    "ASKED_FOR",
    "AT_FIRST",
    "BEFORE_THE_REST",
    "COMING",
    "ENTRUSTED",
    "FOLLOWS",
    "GIVERS",
    "GIVING",
    "HANDED_OVER",
    "HEARSAY",
    "ITS_MONEY",
    "LET_GO",
    "LISTED_AT",
    "MONEY_ITSELF",
    "OF_A_DEBT",
    "ONLY",
    "OVER",
    "OWED_STILL",
    "OWES",
    "PAID_BY",
    "PROMISES",
    "RESTS",
    "REST_OF",
]

_PAID_BY = """
    bayar byr bayr mbayar mbayare dibayar dibyr nabayar
    bayarnya dibayarnya membayar mayar ambayar bayare bayaki
    tf tfr trf trsf transfer ditransfer ditf nransfer transferred cash tunai kontan kes qris
    kasih kasi kase ngasih terima trima tarima diterima tampi give
    ngasi dikasih dikasi dikase beri diberi setor nyetor disetor serahin
    transfernya tfnya masuk masua nitip titip paid pays pay gave gives given me deposited down baru
"""
PAID_BY: Final = frozenset(_PAID_BY.split())
"""Stand right before the amount, or with one word between them."""

_RESTS = """
    sisa sisanya sisane sisana sisanyo sisany sisae separuhnya separonya setengahnya
    kurang kurangnya kurange kuranganya kurangannya kurangan
    kurangane kantun kantunna tinggal tinggalnya kari karine
    kekurangan kekurangannya kirang kirangna kuranganne rest remaining remainder balance
"""
RESTS: Final = frozenset(_RESTS.split())
"""Stand behind the amount and say that it was not all."""

OWED_STILL: Final = RESTS - {"separuhnya", "separonya", "setengahnya"} | {
    "short",
    "nunggak",
    "nunggaknya",
    "tunggakan",
}
"""Right before an amount they say that so much is still to be paid: `masih kurang 45rb`."""

OWES: Final = frozenset({"owes", "owe", "owing"})
"""Before an amount they say, without a price as well, that it is a rest."""

FOLLOWS: Final = frozenset(["nyusul", "menyusul", "besok", "nanti", "ntar", "later", "utang"])
"""Behind the amount of a rest: `masuk 125 yg 100 nyusul`."""

REST_OF: Final = frozenset(["dari", "dr", "of", "soko", "ti"])
"""Between a rest and the price that it is a rest of."""

ENTRUSTED: Final = frozenset(["titip", "nitip", "dititip", "dititipkan", "dititipin", "nitipin"])
ITS_MONEY: Final = frozenset(
    ["uang", "uangnya", "duit", "duitnya", "duite", "doi", "doinya", "artone", "artosna"]
)
"""Before those: who is named behind them keeps the money, and is no buyer."""

OF_A_DEBT: Final = frozenset(["pembayaran", "tagihan", "pelunasan", "utang", "hutang", "bayarnya"])
"""Between a word for the rest and its amount: `sisa pembayaran Rp75.000`."""

ONLY: Final = frozenset(["sa", "aja", "saja", "aj", "doang", "thok"])
"""Between what was paid and `dulu`: `kasi 100 sa dulu`."""

MONEY_ITSELF: Final = frozenset(["uang", "duit", "doi", "doe", "pitih", "hepeng", "money", "ka'"])
"""Between a word for paying and the amount they say nothing."""

ASKED_FOR: Final = frozenset(
    ["minta", "mnta", "nawar", "tawar", "ditawar", "boleh", "bisa", "jangan"]
)
"""Before `kurang` they say that a lower price was asked for."""

_BEFORE_THE_REST = "aja saja aj doang thok tok ya yah the dan and tapi tp but masih msh still jadi"
BEFORE_THE_REST: Final = frozenset(_BEFORE_THE_REST.split())
"""May stand between the amount and the word for the rest."""

HANDED_OVER: Final = PAID_BY - {"me", "down", "baru", "masuk", "masua", "titip", "nitip"}
"""Of these, those right before a number that is money, with or without a word behind it."""

_GIVING = "kasih kasi kase ngasih ngasi dikasih dikasi dikase beri diberi give gives gave given"
GIVING: Final = frozenset(_GIVING.split())
"""Of these, those that before a percentage say what is taken off: `gave 10% off`."""

AT_FIRST: Final = FIRST | {"first", "duluan"}
"""Right behind an amount they say that more is to come."""

LISTED_AT: Final = frozenset(
    ["harusnya", "hrsnya", "harusny", "mestinya", "mustinya", "aslinya", "normalnya", "kudune"]
)
"""Before a sum that would have been right, where another one was paid."""

GIVERS: Final = frozenset(["saya", "sy", "aku", "ku", "tak", "gw", "gue", "abdi", "beta", "awak"])
LET_GO: Final = frozenset(["kasih", "kasi", "kase", "lepas", "lepasin", "kasihkan", "wenehi"])
"""Who sold it, and that it went for less: `390rb tak kasih 380`."""

_PROMISES = """
    janji janjinya janjine janjian dijanjikan dijanjiin dijanjiken jangji janjina upahan
    gajian gajihan
    tagih tagihnya ditagih nagih nagihnya promised promises
"""
PROMISES: Final = frozenset(_PROMISES.split())
"""Before a day they say that it is one on which money is to come."""

COMING: Final = frozenset({*TOMORROW, "lusa", "besok lusa"})
"""Beside words of money they are the day on which it comes, and no day of a sale."""

_OVER = "lalu kemarin kemaren kmrn kmren wingi ago last yesterday tadi td"
OVER: Final = frozenset(_OVER.split())
"""A day with one of those is past: `ngutang 2 sabun minggu lalu`."""

HEARSAY: Final = frozenset({"katanya", "katanye", "ktnya", "ktny", "katane", "jarene", "cenah"})
"""Before a day they promise that the money comes, where it is owed: `belum, katanya tgl 1`."""
