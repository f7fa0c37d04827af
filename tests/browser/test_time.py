"""The clock of the page, moved on: the end of a month, the new one, and the next tip.

The next tip comes last: at the end of a month it is in the next one.
"""

import pytest

from tests.browser.album import Album
from tests.browser.screen import HASNA, SARI, Screen

pytestmark = pytest.mark.browser

TIPS_SECONDS = 45


def test_a_new_month_begins_empty_and_the_old_one_waits_for_its_close(screen: Screen) -> None:
    sari = screen.phone(SARI)
    screen.go_to("Akhir bulan")
    sari.types("/bonus")
    sari.reads("bonus")
    running = sari.last_text()
    screen.go_to("Bulan baru")
    sari.types("/bonus")
    sari.reads(
        "belum terhitung: kurang 50 poin dari penjualan ke pelanggan.", "menunggu tutup buku"
    )
    assert sari.last_text() != running
    sari.types("/saldo")
    sari.reads("Belum ada penjualan yang disetujui.")
    screen.is_well()


def test_the_clock_brings_the_next_tip(screen: Screen, album: Album) -> None:
    screen.go_to("Tips berikutnya")
    hasna = screen.phone(HASNA)
    hasna.received("Tugas hari ini:", seconds=TIPS_SECONDS)
    album.take_phone(screen, hasna, "tip.png")
    screen.is_well()
