"""The demo in a browser: a day of the company, played as people do, and seen as they see it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.album import Album
from tests.browser.chromium import NARROW, WIDE
from tests.browser.screen import ADMIN, DEWI, HASNA, SARI, TRAINER, Screen

pytestmark = pytest.mark.browser

CARDS = 5
REFRESHED_MAX = 15
A_SECOND_MS = 1_000


def test_a_prospect_opens_the_link_and_joins(screen: Screen, album: Album) -> None:
    dewi, hasna = screen.phone(DEWI), screen.phone(HASNA)
    dewi.node.locator("[data-link]").click()
    dewi.reads("Kode ini milik Hasna D.")
    dewi.types("mungkin")
    dewi.reads("ya atau tidak", "Kode ini milik Hasna D.")
    dewi.taps("Ya, benar")
    dewi.reads("Mau kami panggil apa?")
    dewi.taps("Ibu")
    for card in range(1, CARDS + 1):
        dewi.reads(f"{card}/{CARDS} · ")
        dewi.taps("Sudah saya baca")
    dewi.reads("Nama lengkap Ibu?")
    dewi.types("0812")
    dewi.reads("Cukup nama saja")
    dewi.types("Dewi Anggraini")
    dewi.reads("Nomor HP")
    dewi.presses("Kirim nomor saya")
    dewi.agrees("shareYes")
    dewi.reads("Tahun lahir Ibu?")
    dewi.types("1985")
    dewi.reads("provinsi mana?")
    dewi.taps("Sulawesi Selatan")
    dewi.reads("Sudah benar semua, Bu?", "Dewi Anggraini", "1985", "WITA", "Hasna D.")
    dewi.taps("Simpan")
    dewi.received("Selamat bergabung, Bu Dewi.")
    dewi.offers("Penjualan pertama", "Lihat produk")
    dewi.types("/undang")
    dewi.reads("cukup dipindai dengan kamera HP")
    dewi.offers("Bagikan", "Salin tautan")
    joined = hasna.received("Dewi A. bergabung lewat kode Ibu.")
    screen.has_done("join")
    album.take_phone(screen, dewi, "join.png")

    hasna.taps("Lihat tim", joined)
    hasna.reads("Tim Ibu", "penjualan tim dan Ibu", "Sari Wulandari: tim")
    hasna.taps("Baru")
    hasna.reads("Dewi Anggraini")
    hasna.taps("Tim saya")
    hasna.taps("Sari W.")
    hasna.reads("Sari Wulandari", "Nurul Fadillah")
    album.take_phone(screen, hasna, "team.png")
    screen.is_well()


def test_the_trainer_writes_to_their_own_team(screen: Screen, album: Album) -> None:
    trainer = screen.phone(TRAINER)
    trainer.types("/siaran")
    trainer.taps("Tulis siaran")
    trainer.reads("Tulis pesannya di sini.")
    trainer.types("Halo {nma}, besok latihan.")
    trainer.reads("Kata {nma} tidak dikenal. Maksudnya {nama}?")
    trainer.types("Halo {sapaan} {nama}, besok jam 9 kita latihan bertanya.")
    trainer.reads("Ada foto atau dokumennya?")
    trainer.taps("Tanpa lampiran")
    trainer.received("Halo Pak Rahmat, besok jam 9 kita latihan bertanya.")
    trainer.reads("Dikirim ke siapa?")
    trainer.taps("Tim saya")
    trainer.reads("orang (tim Bapak)", "Mau mulai kapan?")
    trainer.taps("Sekarang")
    trainer.reads("Ini untuk", "ketik jumlah orangnya: ")
    asked = re.search(r"ketik jumlah orangnya: (\d+)", trainer.last_text())
    assert asked is not None
    count = asked[1]
    trainer.types("1")
    trainer.reads(f"Angkanya belum sama. Ketik {count}")
    trainer.types(count)
    trainer.offers("Segarkan", "Jeda", "Hentikan")
    for _ in range(REFRESHED_MAX):
        screen.page.wait_for_timeout(A_SECOND_MS)
        trainer.taps("Segarkan")
        if "█" in trainer.last_text():
            break
    trainer.reads(f"dari {count}", "Terkirim: ", "Menunggu: ")
    album.take_phone(screen, trainer, "broadcast.png")
    trainer.taps("Jeda")
    trainer.reads("Dijeda.")
    trainer.taps("Lanjut")
    trainer.reads("Berjalan")
    screen.is_well()


def test_sales_are_entered_by_buttons_and_in_one_line(screen: Screen, album: Album) -> None:
    sari = screen.phone(SARI)
    sari.presses("Jual")
    sari.reads("Barang apa yang terjual?")
    sari.taps("Semua barang")
    sari.reads("Daftar barang, halaman 1")
    sari.taps("Kopi Toraja")
    sari.reads("Berapa Kopi Toraja yang terjual?")
    sari.taps("Kembali")
    sari.reads("Daftar barang, halaman 1")
    sari.taps("Kopi Toraja")
    sari.taps("3")
    sari.reads("Siapa pembelinya?")
    sari.types("Bu Ani")
    sari.reads("3 Kopi Toraja @Rp75.000 = Rp225.000", "Untuk Bu Ani", "Sudah benar?")
    sari.taps("Ya, catat")
    sari.reads("Tercatat, struk S-", "Menunggu dicek kantor")

    sari.types("J 2 SABUN @50rb Bu Tini")
    sari.reads("2 Sabun Sereh @Rp50.000 = Rp100.000", "Untuk Bu Tini")
    album.take_phone(screen, sari, "sell.png")
    sari.taps("Ya, catat")
    sari.reads("Tercatat, struk S-", "Pembeli: Bu Tini")
    screen.has_done("sell")

    sari.types("J 1 MADU KELULUT")
    sari.taps("Batal")
    sari.reads("Tidak ada yang tersimpan.")
    screen.is_well()


def test_people_type_as_they_do_every_day(screen: Screen, album: Album) -> None:
    sari = screen.phone(SARI)
    for typed, answer in (
        ("saldo sy brp ya", "Saldo yang bisa diambil Rp"),
        ("kelulut brp?", "Madu Kelulut"),
        ("kok bonusnya dikit bgt", "bonus"),
        ("kurang brp lagi biar naik peringkat", "poin"),
        ("siapa yg blm jualan bln ini", "belum"),
        ("minta link ajak dong", "Tunjukkan produknya dulu."),
        ("gmn cara cairin saldo", "Saldo dibayar lewat kantor"),
        ("nomer kantor brp", "WA 0812"),
        ("bu tini balikin sabun 1, pecah", "Tidak ada struk Bu Tini yang bisa diretur"),
    ):
        sari.types(typed)
        sari.received(answer)
    sari.types("laku sampo 2 ke bu rini lunas")
    sari.reads("2 Sampo Urang-Aring", "Untuk Bu Rini", "Catatan Ibu: lunas")
    sari.types("eh salah 3")
    sari.reads("3 Sampo Urang-Aring", "Untuk Bu Rini")
    album.take_phone(screen, sari, "own-words.png")
    sari.taps("Ya, catat")
    sari.reads("Tercatat, struk S-", "Pembeli: Bu Rini")
    screen.is_well()


def test_an_old_button_does_nothing_and_says_so(screen: Screen) -> None:
    sari = screen.phone(SARI)
    sari.types("/jual")
    sari.reads("Barang apa yang terjual?")
    asked = sari.pinned()
    sari.types("2 kopi toraja ke Bu Lina")
    sari.reads("2 Kopi Toraja @Rp75.000 = Rp150.000")
    sari.taps("Semua barang", asked)
    sheet = sari.node.locator('[data-sheet="alert"]')
    expect(sheet).to_contain_text("Pertanyaan itu sudah dijawab.")
    sari.agrees("ok")
    sari.reads("2 Kopi Toraja @Rp75.000 = Rp150.000")
    sari.types("/batal")
    sari.reads("Tidak ada yang tersimpan.")
    screen.is_well()


def test_the_office_approves_and_the_balance_shows_it(screen: Screen, album: Album) -> None:
    sari, office, trainer = screen.phone(SARI), screen.phone(ADMIN), screen.phone(TRAINER)
    trainer.presses("Saldo")
    trainer.reads("Saldo yang bisa diambil Rp")
    office.types("/setujui")
    office.reads("penjualan menunggu dicek.")
    album.take(screen, "day.png")
    office.taps("Setujui semua")
    office.reads("sekaligus, total Rp")
    office.taps("Ya, semua")
    office.reads("penjualan disetujui.")
    news = sari.received("disetujui kantor")
    screen.has_done("approve")
    expect(screen.page.locator("[data-steps-after]")).to_contain_text("Sudah semua!")
    sari.taps("Saldo", news)
    sari.reads("Saldo yang bisa diambil Rp", "Untung: Rp", "langsung dari pembeli")
    sari.types("/setujui")
    sari.reads("Bagian ini untuk admin kantor.")
    screen.is_well()


def test_the_page_can_be_dark_and_speak_english(screen: Screen, album: Album) -> None:
    page = screen.page
    page.locator("[data-theme-switch]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    album.take(screen, "day-dark.png")
    page.locator("[data-language-switch]").click()
    expect(page.locator("[data-about]")).to_contain_text("Direct selling")
    expect(page.locator('[data-clock-move="hour"]')).to_have_text("+1 hour")
    expect(page.locator("[data-moment]").filter(has_text="Tomorrow morning")).to_have_count(1)
    expect(screen.phone(TRAINER).node.locator("[data-input]")).to_have_attribute(
        "placeholder", "Message"
    )
    page.locator("[data-language-switch]").click()
    page.locator("[data-theme-switch]").click()
    screen.is_well()


def test_a_link_with_a_wrong_code_leads_on_all_the_same(screen: Screen) -> None:
    guest = screen.invite("t.me/jualdulu_bot?start=ZZZZZZZZ")
    guest.reads("Kode di tautan tadi tidak kami kenali.")
    guest.types("SALAH123")
    guest.reads("Kode itu belum ketemu.")
    guest.taps("English")
    guest.reads("Type the code here")
    guest.taps("Indonesia")
    guest.reads("Ketik kodenya di sini")
    guest.types("/batal")
    guest.reads("tidak dilanjutkan")
    screen.is_well()


def test_a_narrow_screen_shows_one_phone_at_a_time(screen: Screen, album: Album) -> None:
    screen.window.resize(NARROW)
    tabs = screen.page.get_by_role("tab")
    tabs.filter(has_text="Hasna").click()
    hasna, sari = screen.phone(HASNA), screen.phone(SARI)
    expect(hasna.node).to_be_visible()
    expect(sari.node).to_be_hidden()
    hasna.types("T")
    hasna.reads("Tim Ibu")
    tabs.filter(has_text="Sari").click()
    expect(hasna.node).to_be_hidden()
    sari.types("J 2 SABUN Bu Ani, 1 MADU Pak Hamid")
    sari.reads("2 Sabun Sereh", "Bu Ani")
    sari.types("/batal")
    sari.reads("MADU itu yang mana?")
    sari.types("/batal")
    sari.reads("Tidak ada yang tersimpan.")
    sari.types("J 1 kopi toraja Kak Ayu")
    sari.reads("1 Kopi Toraja", "Kak Ayu")
    width = screen.page.evaluate("document.documentElement.scrollWidth")
    assert width == NARROW[0]
    album.take(screen, "phone.png")
    sari.types("/batal")
    screen.window.resize(WIDE)
    screen.is_well()
