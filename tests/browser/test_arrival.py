"""What a stranger sees who opens the demo: what this is, what to try, and nothing cut off."""

import pytest
from playwright.sync_api import expect

from tests.browser.chromium import NARROW, WIDE
from tests.browser.screen import ADMIN, SARI, TRAINER, Screen

pytestmark = pytest.mark.browser

LYING = (844, 390)
LAPTOP = (1280, 800)
DESK = (1920, 1080)
CHAT_HEIGHT_MIN = 150
TORN = """() => [...document.querySelectorAll('.phone')].map((one) => one.getBoundingClientRect())
  .filter((box) => box.width && box.left < innerWidth && box.right > 0
    && (box.left < 0 || box.right > innerWidth)).length"""
LABELS = "h1, .about, .clock-face, .plate-name, .tools, .next *"
CUT = """(labels) => [...document.querySelectorAll(labels)]
  .filter((node) => node.offsetParent && !node.matches('.sr') && !node.closest('svg')
    && node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).display !== 'inline')
  .map((node) => node.className || node.tagName)"""


def test_a_stranger_reads_what_this_is_and_what_to_do(screen: Screen) -> None:
    page = screen.page
    expect(page.get_by_role("heading", name="Jual Dulu", exact=True).first).to_be_visible()
    expect(page.locator("[data-about]")).to_contain_text("mitra mencatat penjualan")
    steps = page.locator("[data-step]")
    expect(steps).to_have_count(3)
    for step, words in enumerate(("Di ponsel Dewi", "J 2 SABUN Bu Ani", "/setujui")):
        expect(steps.nth(step)).to_contain_text(words)
        expect(steps.nth(step)).to_have_attribute("data-done", "false")
    steps.nth(1).get_by_role("button").click()
    field = screen.phone(SARI).node.locator("[data-input]")
    expect(field).to_have_value("J 2 SABUN Bu Ani")
    field.fill("")
    screen.is_well()


def test_each_phone_shows_the_clock_of_its_owner(screen: Screen) -> None:
    for person, zone in ((SARI, "13.00 WITA"), (TRAINER, "12.00 WIB"), (ADMIN, "12.00 WIB")):
        clock = screen.phone(person).node.locator("[data-phone-clock]")
        expect(clock).to_have_text(zone.replace("00", clock.inner_text()[3:5], 1))
    screen.is_well()


@pytest.mark.parametrize("size", [NARROW, LYING, LAPTOP, DESK])
def test_nothing_is_cut_off(screen: Screen, size: tuple[int, int]) -> None:
    screen.window.resize(size)
    page = screen.page
    expect(page.locator(".step.next .step-hint")).to_be_visible()
    page.wait_for_function(f"({TORN})() === 0")
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    assert page.evaluate(CUT, LABELS) == []
    chat = screen.phone(SARI).node.locator("[data-log]").bounding_box()
    assert chat is not None
    assert chat["height"] > CHAT_HEIGHT_MIN
    screen.window.resize(WIDE)
    screen.is_well()
