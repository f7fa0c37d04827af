"""The demo's page as a person at the screen uses it: phones, the clock, and what they show."""

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

from playwright.sync_api import Locator, Page, expect

from bot.company.feasts import is_public_holiday
from tests.browser.chromium import PATIENCE_MS, WIDE, Window

SARI, HASNA, TRAINER, ADMIN, DEWI = 2_001, 2_002, 2_003, 2_004, 2_005
LEFT_OPEN_MAX = 4
HOME_ZONE = ZoneInfo("Asia/Makassar")


class Phone:
    """One person's phone."""

    def __init__(self, page: Page, person: int) -> None:
        self.node = page.locator(f'.phone[data-person="{person}"]')
        self.messages = self.node.locator("[data-message]")
        self.answers = self.node.locator('[data-message][data-from="bot"]')

    @property
    def newest(self) -> Locator:
        """What the bot said last."""
        return self.answers.last

    def pinned(self) -> Locator:
        """The bot's last message, also when later ones have come."""
        number = self.newest.get_attribute("data-message")
        return self.node.locator(f'[data-message="{number}"]')

    def reads(self, *words: str) -> None:
        """The bot's last message holds all of these."""
        for some in words:
            expect(self.newest.locator("[data-text]")).to_contain_text(some)

    def received(self, words: str, seconds: int = PATIENCE_MS // 1_000) -> Locator:
        """The newest of the bot's messages that hold these words, awaited for so long."""
        found = self.answers.filter(has_text=words).last
        expect(found).to_be_visible(timeout=seconds * 1_000)
        return found

    def last_text(self) -> str:
        """What the bot said last."""
        return self.newest.locator("[data-text]").inner_text()

    def types(self, text: str) -> None:
        """Write and send."""
        field = self.node.locator("[data-input]")
        field.fill(text)
        field.press("Enter")
        expect(self.messages.filter(has_text=text).last).to_be_visible()

    def taps(self, label: str, where: Locator | None = None) -> None:
        """Press a button under a message, the newest unless another is meant."""
        button = f'[data-button$="{label}"]'
        (where or self.newest).locator(button).first.click()

    def presses(self, label: str) -> None:
        """Press a key of the keyboard below."""
        self.node.locator(f'[data-key$="{label}"]').click()

    def agrees(self, button: str) -> None:
        """Answer what lies over the chat."""
        self.node.locator(f'[data-sheet-button="{button}"]').click()
        expect(self.node.locator("[data-sheet]")).to_have_count(0)

    def offers(self, *labels: str) -> None:
        """These buttons are under the bot's last message."""
        for label in labels:
            expect(self.newest.locator(f'[data-button$="{label}"]')).to_be_visible()


class Screen:
    """The whole page, served by a demo at this address."""

    def __init__(self, window: Window, url: str) -> None:
        self.window = window
        self.page = window.page
        self.url = url

    def open(self) -> None:
        """Load the page and wait until every phone is there."""
        self.page.goto(self.url)
        expect(self.page.locator(".phone")).to_have_count(5)

    def has_done(self, step: str) -> None:
        """The guide shows this step as done."""
        done = self.page.locator(f'[data-step="{step}"]')
        expect(done).to_have_attribute("data-done", "true")

    def phone(self, person: int) -> Phone:
        """Returns a person's phone."""
        return Phone(self.page, person)

    def invite(self, link: str) -> Phone:
        """A new prospect gets a phone and opens this link on it."""
        earlier = self.page.locator(".phone").count()
        self.page.locator("[data-prospect]").click()
        self.page.locator("[data-prospect-link]").fill(link)
        self.page.locator("[data-prospect-make]").click()
        phones = self.page.locator(".phone")
        expect(phones).to_have_count(earlier + 1)
        person = phones.last.get_attribute("data-person")
        assert person is not None
        made = self.phone(int(person))
        made.node.locator("[data-link]").first.click()
        return made

    def go_to(self, moment: str) -> None:
        """Press one of the moments of the clock's panel, which sets the clock."""
        self.page.locator("[data-clock-face]").click()
        button = self.page.locator("[data-moment]").filter(has_text=moment)
        at = button.get_attribute("data-moment")
        assert at is not None
        button.click()
        wall = datetime.fromisoformat(at).astimezone(HOME_ZONE)
        expect(self.page.locator("[data-clock]")).to_have_text(re.compile(f"{wall:%H[.:]%M}"))

    def begin_at_noon(self) -> None:
        """Whenever this runs, it is past noon of a working day: no tip is due."""
        day = datetime.now(UTC).astimezone(HOME_ZONE) + timedelta(days=1)
        while is_public_holiday(day.date()):
            day += timedelta(days=1)
        noon = day.replace(hour=13, minute=0, second=0, microsecond=0)
        self.ask("control/clock", {"set": noon.isoformat()})

    def ask(self, path: str, wish: dict[str, Any] | None = None) -> Any:
        """What the local Telegram answers behind the page's back."""
        data = None if wish is None else json.dumps(wish).encode()
        request = Request(f"{self.url}/{path}", data, {"Content-Type": "application/json"})
        with urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def tidy(self) -> None:
        """Leave what a test that failed has left open, so that the next ones see their own."""
        self.page.unroute_all(behavior="ignoreErrors")
        self.window.resize(WIDE)
        self.open()
        for person in (SARI, HASNA):
            phone = self.phone(person)
            for _ in range(LEFT_OPEN_MAX):
                before = phone.answers.count()
                phone.types("/batal")
                expect(phone.answers).not_to_have_count(before)
        self.window.complaints.clear()

    def is_well(self) -> None:
        """Nothing went wrong in the page, and the bot kept to Telegram's rules."""
        assert self.window.complaints == []
        assert self.ask("control/violations")["violations"] == []
