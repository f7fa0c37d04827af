"""The page in English, and the people on it too; last, as news would reach them in English."""

import pytest
from playwright.sync_api import expect

from tests.browser.screen import HASNA, SARI, Screen

pytestmark = pytest.mark.browser


def test_the_people_on_the_phones_can_speak_english(screen: Screen) -> None:
    page, sari = screen.page, screen.phone(SARI)
    page.locator("[data-language-switch]").click()
    expect(page.locator("[data-notice]")).to_contain_text("still speak Indonesian")
    page.locator("[data-offer]").click()
    sari.received("English from now on")
    screen.phone(HASNA).received("English from now on")
    sari.presses("Balance")
    sari.reads("Rp")
    expect(sari.node.locator("[data-input]")).to_have_attribute("placeholder", "Message")
    expect(page.locator("[data-about]")).to_contain_text("members log sales")

    page.locator("[data-language-switch]").click()
    expect(page.locator("[data-notice]")).to_contain_text("masih berbahasa Inggris")
    page.locator("[data-language-switch]").click()
    expect(page.locator("[data-notice]")).to_be_hidden()
    page.locator("[data-language-switch]").click()
    page.locator("[data-offer]").click()
    sari.received("Bahasa Indonesia")
    expect(sari.node.locator('[data-key$="Saldo"]')).to_be_visible()
    screen.is_well()
