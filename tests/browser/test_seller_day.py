"""The demo in a browser: a seller's morning with her own notebook, customer by customer."""

import pytest

from tests.browser.album import Album
from tests.browser.screen import SARI, Screen

pytestmark = pytest.mark.browser


def test_a_morning_list_is_looked_at_and_postponed(screen: Screen, album: Album) -> None:
    sari = screen.phone(SARI)
    sari.types("hri ini ngapain ya")
    sari.reads("Hari ini", "pelanggan", "ulang tahun hari ini", "ada janji")
    album.take_phone(screen, sari, "today.png")
    sari.taps("Nanti")
    sari.reads("Kata-kata yang siap dikirim", "Diingatkan lagi kapan?")
    sari.offers("Kirim", "Sudah", "Jangan lagi")
    sari.taps("Besok")
    sari.reads("⏰", "(nanti, ")
    sari.taps("Sudah")
    sari.reads("✅")
    screen.is_well()


def test_a_customer_from_the_first_line_to_the_repeat_sale(screen: Screen, album: Album) -> None:
    sari = screen.phone(SARI)
    sari.types("J 2 SABUN Bu Zahra dp 30rb sisanya minggu depan")
    asked = sari.received("uang muka Rp30.000, kurang Rp70.000, janji")
    sari.taps("Ya, catat", asked)
    sari.taps("Bu Zahra", sari.received("Pembeli: Bu Zahra"))
    card = sari.received("Sisa bayar: Rp70.000")
    sari.taps("Ubah", card)
    sari.received("Apa yang mau dicatat tentang Bu Zahra?")
    sari.types("0813 5000 1234")
    sari.received("+62 813-5000-1234")
    album.take_phone(screen, sari, "customer.png")

    sari.types("bu zahra byr 50rb")
    sari.taps("Ya, simpan", sari.received("Bu Zahra bayar Rp50.000"))
    sari.received("Tercatat: Bu Zahra bayar Rp50.000")
    sari.types("siapa yg blm bayar")
    sari.received("Bu Zahra Rp20.000")
    sari.types("data bu zahra")
    sari.taps("Sama lagi", sari.received("Sisa bayar: Rp20.000"))
    sari.taps("Batal", sari.received("Untuk Bu Zahra, hari ini"))
    sari.received("Tidak ada yang tersimpan.")
    screen.is_well()


def test_a_price_is_reckoned_and_the_month_looked_at(screen: Screen) -> None:
    sari = screen.phone(SARI)
    sari.types("kalau jual sabun sereh 45rb untung berapa")
    sari.received("Untungnya Rp5.000")
    sari.types("/cermin")
    sari.received("pelanggan dilayani")
    screen.is_well()


def test_a_customer_is_forgotten_and_the_sale_stays(screen: Screen) -> None:
    sari = screen.phone(SARI)
    sari.types("J 1 TEH KELOR Bu Lupita")
    sari.taps("Ya, catat", sari.received("Untuk Bu Lupita"))
    sari.taps("Bu Lupita", sari.received("Pembeli: Bu Lupita"))
    sari.reads("Bu Lupita", "1 kali beli")
    sari.taps("Lupakan")
    sari.taps("Ya, lupakan", sari.received("Lupakan Bu Lupita?"))
    sari.received("Sudah dilupakan.")
    sari.types("/pelanggan lupita")
    sari.received("belum ada di pelanggan")
    sari.types("/struk tadi")
    sari.received("1 Teh Kelor")
    screen.is_well()
