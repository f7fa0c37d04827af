"""The office in a browser: its panel, an article and its price, and what became of a broadcast."""

import pytest
from playwright.sync_api import expect

from tests.browser.album import Album
from tests.browser.screen import ADMIN, SARI, TRAINER, Screen

pytestmark = pytest.mark.browser

BROADCAST_SECONDS = 75


def test_the_office_plans_a_price_that_holds_from_tomorrow(screen: Screen, album: Album) -> None:
    office, sari = screen.phone(ADMIN), screen.phone(SARI)
    office.types("/kelola")
    office.reads("Peminat yang minta dihubungi", "Pelatih: 1, admin: 2")
    office.taps("Produk")
    office.reads("Produk, halaman 1")
    office.taps("Madu Hutan 250")
    office.reads("Madu Hutan 250, Rp90.000", "Harga mitra Rp65.000")
    expect(office.newest.locator("[data-photo] img")).to_be_visible()

    office.taps("Ubah harga")
    office.reads("Apa yang diubah dari Madu Hutan 250?")
    office.taps("Harga mitra")
    office.types("entah")
    office.reads("Jumlah uangnya belum jelas: “entah”.")
    office.types("70rb")
    office.reads("Berlaku mulai kapan?")
    office.taps("Kembali")
    office.types("70rb")
    office.types("besok")
    office.reads("Harga mitra Rp65.000 → Rp70.000", "Sudah benar?")
    office.taps("Ya, simpan")
    office.reads("Tersimpan. Mulai", "masih bisa dibatalkan")
    office.taps("Lihat produk")
    office.reads("Madu Hutan 250, Rp90.000", "Harga mitra Rp65.000", "mitra Rp70.000")
    expect(office.newest.locator("[data-photo] img")).to_be_visible()
    album.take_phone(screen, office, "product.png")

    sari.types("/produk madu hutan 250")
    sari.reads("Harga mitra Rp65.000")
    screen.is_well()


def test_the_trainer_is_notified_when_the_broadcast_is_complete(screen: Screen) -> None:
    trainer = screen.phone(TRAINER)
    done = trainer.received("selesai, untuk", seconds=BROADCAST_SECONDS)
    expect(done.locator("[data-text]")).to_contain_text("Terkirim: ")
    trainer.taps("Siaran ini", done)
    trainer.reads("Selesai", "Terkirim: ")
    screen.is_well()
