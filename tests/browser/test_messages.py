"""What a phone can do beside writing: answer, pass on, change, speak, send photos, and fail."""

import pytest
from playwright.sync_api import Locator, Route, expect

from tests.browser.screen import HASNA, SARI, Phone, Screen

pytestmark = pytest.mark.browser


def chosen(phone: Phone, message: Locator, entry: str) -> None:
    """This entry of a message's menu is pressed."""
    message.hover()
    message.locator("[data-message-menu]").click()
    phone.node.locator(f'[data-menu="{entry}"]').click()


def test_a_message_is_answered_and_changed(screen: Screen) -> None:
    sari = screen.phone(SARI)
    sari.types("J 2 SABUN Bu Wati")
    sari.reads("2 Sabun Sereh", "Bu Wati")
    own = sari.node.locator('[data-from="person"]').last
    chosen(sari, own, "edit")
    sari.types("J 3 SABUN Bu Wati")
    sari.reads("3 Sabun Sereh", "Bu Wati")
    chosen(sari, sari.newest, "reply")
    expect(sari.node.locator('[data-bar="replying"]')).to_contain_text("Sabun Sereh")
    sari.types("batal")
    answer = sari.node.locator('[data-from="person"]').last
    expect(answer.locator(".quote")).to_contain_text("Sabun Sereh")
    sari.reads("Tidak ada yang tersimpan.")
    screen.is_well()


def test_a_message_is_passed_on_from_another_phone(screen: Screen) -> None:
    sari, hasna = screen.phone(SARI), screen.phone(HASNA)
    sari.types("mau pesan 2 sabun")
    before = hasna.answers.count()
    own = sari.node.locator('[data-from="person"]').last
    chosen(sari, own, "forward")
    sari.node.locator(f'[data-menu="forward-{HASNA}"]').click()
    passed_on = hasna.node.locator('[data-from="person"]').last
    expect(passed_on.locator("[data-forwarded]")).to_contain_text("Sari Wulandari")
    expect(passed_on).to_contain_text("mau pesan 2 sabun")
    expect(hasna.answers).not_to_have_count(before)
    for phone in (sari, hasna):
        phone.types("/batal")
    screen.is_well()


def test_photos_and_a_voice_are_sent(screen: Screen) -> None:
    sari = screen.phone(SARI)
    sari.node.locator("[data-attach]").click()
    sari.node.locator('[data-menu="album"]').click()
    expect(sari.node.locator('[data-from="person"] [data-photo]')).to_have_count(3)
    before = sari.answers.count()
    sari.node.locator("[data-voice]").click()
    expect(sari.node.locator('[data-from="person"]').last.locator(".voice")).to_be_visible()
    expect(sari.answers).not_to_have_count(before)
    sari.types("/batal")
    screen.is_well()


def test_a_failed_send_says_so_and_can_be_sent_again(screen: Screen) -> None:
    sari, page = screen.phone(SARI), screen.page
    page.route("**/control/say", lambda route: route.abort())
    field = sari.node.locator("[data-input]")
    field.fill("/saldo")
    field.press("Enter")
    failed = sari.node.locator("[data-failed]")
    expect(failed).to_contain_text("Belum terkirim: demo tidak menjawab.")
    expect(field).to_have_value("/saldo")
    page.unroute("**/control/say")
    screen.window.complaints.clear()
    sari.node.locator("[data-try-again]").click()
    sari.received("Saldo yang bisa diambil Rp")
    expect(failed).to_be_hidden()
    expect(field).to_have_value("")
    screen.is_well()


def test_what_was_sent_before_takes_no_failure_away(screen: Screen) -> None:
    sari, page = screen.phone(SARI), screen.page
    held: list[Route] = []

    def hold_first(route: Route) -> None:
        held.append(route) if not held else route.abort()

    page.route("**/control/say", hold_first)
    field = sari.node.locator("[data-input]")
    for text in ("/saldo", "/harga"):
        field.fill(text)
        field.press("Enter")
    failed = sari.node.locator("[data-failed]")
    expect(failed).to_contain_text("Belum terkirim: demo tidak menjawab.")
    with page.expect_response("**/control/say"):
        held[0].continue_()
    sari.received("Saldo yang bisa diambil Rp")
    expect(failed).to_be_visible()
    page.unroute("**/control/say")
    screen.window.complaints.clear()
    sari.node.locator("[data-try-again]").click()
    expect(failed).to_be_hidden()
    screen.is_well()
