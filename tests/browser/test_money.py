"""A bonus in a browser: the month that runs, a closed one, and where a rupiah comes from."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.album import Album
from tests.browser.screen import SARI, Screen

pytestmark = pytest.mark.browser

MONTH = re.compile(r"^[A-Z][a-z]+ 20\d\d$")


def test_a_closed_month_says_where_every_rupiah_comes_from(screen: Screen, album: Album) -> None:
    sari = screen.phone(SARI)
    sari.types("/bonus")
    expect(sari.newest.locator("[data-text]")).to_contain_text(
        re.compile("Perkiraan bonus|belum terhitung")
    )
    closed = sari.newest.get_by_role("button", name=MONTH).last
    month = closed.inner_text()
    closed.click()
    sari.reads(
        f"Bonus {month} Rp", "Penjualan sendiri:", "langsung dari pembeli", "tingkat 1 (10%)"
    )
    paid = _first_sum(sari.last_text(), f"Bonus {month} Rp")

    sari.taps("Kenapa segini?")
    sari.reads(f"Bonus {month}, satu per satu", "Mengajak orang tidak dibayar.")
    why = sari.last_text()
    assert _first_sum(why, "otal Rp") == paid
    shares = [_rupiah(share) for share in re.findall(r"dari Rp[\d.]+ = Rp([\d.]+)", why)]
    here = "Halaman ini Rp" if "Halaman ini Rp" in why else "Total Rp"
    assert sum(shares) == _first_sum(why, here)
    album.take_phone(screen, sari, "bonus.png")

    sari.taps("Saldo")
    sari.reads("Saldo yang bisa diambil Rp")
    sari.taps("Mutasi")
    sari.reads("Mutasi", "Untung S-")
    screen.is_well()


def test_a_month_that_is_not_known_yet_gets_an_answer(screen: Screen) -> None:
    sari = screen.phone(SARI)
    for words in ("/bonus 1999-01", "/bonus entah"):
        before = sari.answers.count()
        sari.types(words)
        expect(sari.answers).to_have_count(before + 1)
        sari.reads("Bulannya belum jelas")
        sari.offers("Bonus bulan ini", "Bulan lalu")
    screen.is_well()


def _first_sum(text: str, after: str) -> int:
    found = re.search(re.escape(after) + r"([\d.]+)", text)
    assert found is not None, text
    return _rupiah(found[1])


def _rupiah(written: str) -> int:
    return int(written.replace(".", ""))
