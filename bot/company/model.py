"""A company's own decisions, as `company.toml` states them.

Each class is a table of the file and each field a key of it. The limits are declared with each
field and checked when the file is read. A field is named like its key, except `from` and `until`.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Annotated, Final

from bot.company.feasts import is_public_holiday, ramadan_began
from bot.company.reading import FileKey
from bot.company.value_readers import Text, Texts, Whole
from bot.core.file_faults import Said
from bot.core.plans import Plan

__all__ = [
    "TIME_ZONES",
    "Card",
    "Company",
    "FaqEntry",
    "Policy",
    "Ramadan",
    "Retention",
    "Sending",
    "Stock",
]

NO_PLAN: Final = Plan()
TIME_ZONES: Final = ("Asia/Jakarta", "Asia/Pontianak", "Asia/Makassar", "Asia/Jayapura")
SAME_FAST_DAYS_MAX: Final = 30
"""A Ramadan in the company's file replaces the computed one that begins this near to it."""

ASKED: Final = Texts(
    r"(?=.*[^\W\d_]{3})[^\n]{3,80}",
    20,
    Said("sentences"),
)
FAQ_TEXT: Final = Said.of("text of", low=2, high=700)
CARD_TEXT: Final = Said.of("text of", low=10, high=1000)

From = Annotated[time, FileKey("from")]
Until = Annotated[time, FileKey("until")]


@dataclass(frozen=True, slots=True)
class Ramadan:
    """The sending hours of one Ramadan; both days are part of it."""

    first_day: date
    last_day: date
    opens: From
    closes: Until


@dataclass(frozen=True, slots=True)
class Sending:
    """When and how fast the bot writes."""

    opens: From = time(8)
    closes: Until = time(20)
    tip_hour: time = time(9)
    answers_burst: Annotated[int, Whole(1, 30)] = 5
    answers_per_second: Annotated[int, Whole(1, 30)] = 1
    bulk_per_second: Annotated[int, Whole(1, 30)] = 20
    ramadan_opens: Annotated[time, FileKey("ramadan_from")] = time(9, 30)
    ramadan_closes: Annotated[time, FileKey("ramadan_until")] = time(17)
    holidays_added: tuple[date, ...] = ()
    holidays_removed: tuple[date, ...] = ()
    ramadan: tuple[Ramadan, ...] = ()

    def window_on(self, day: date) -> tuple[time, time]:
        """Returns the sending hours of a day: their start and their end."""
        for fast in self.ramadan:
            if fast.first_day <= day <= fast.last_day:
                return fast.opens, fast.closes
        began = ramadan_began(day)
        if began is None or self._named(began):
            return self.opens, self.closes
        return self.ramadan_opens, self.ramadan_closes

    def rests_on(self, day: date) -> bool:
        """Returns whether no tips or broadcasts are sent on a day.

        These are the public holidays, unless the company adds or removes the day.
        """
        if day in self.holidays_added:
            return True
        return is_public_holiday(day) and day not in self.holidays_removed

    def _named(self, began: date) -> bool:
        """Returns whether the company's file has the Ramadan that is computed to begin then."""
        near = timedelta(days=SAME_FAST_DAYS_MAX)
        return any(abs(fast.first_day - began) <= near for fast in self.ramadan)


@dataclass(frozen=True, slots=True)
class Policy:
    """The company's requirements of members and sales."""

    approve_sales: bool = True
    minimum_age: Annotated[int, Whole(17, 99)] = 18
    price_min_percent: Annotated[int, Whole(1, 100)] = 50
    price_max_percent: Annotated[int, Whole(100, 1000)] = 200
    price_alone_percent: Annotated[int, Whole(0, 100)] = 80
    customer_window_days: Annotated[int, Whole(0, 90)] = 7
    sale_days_back_max: Annotated[int, Whole(0, 366)] = 31
    bonus_share_max_percent: Annotated[int, Whole(1, 100)] = 40
    closing_reminder_days_before: Annotated[int, Whole(0, 15)] = 3
    closing_reminder_days_after: Annotated[int, Whole(0, 60)] = 3


@dataclass(frozen=True, slots=True)
class Retention:
    """For how many days data is kept that is needed no longer."""

    left_members_days: Annotated[int, Whole(0, 366)] = 90
    leads_days: Annotated[int, Whole(1, 3660)] = 365
    inquiries_days: Annotated[int, Whole(1, 3660)] = 365
    relayed_messages_days: Annotated[int, Whole(1, 366)] = 90
    strangers_days: Annotated[int, Whole(1, 3660)] = 90
    dead_letters_days: Annotated[int, Whole(7, 3660)] = 90
    customers_days: Annotated[int, Whole(30, 3660)] = 1095
    photo_digests_days: Annotated[int, Whole(1, 3660)] = 365
    files_days: Annotated[int, Whole(1, 30)] = 7


@dataclass(frozen=True, slots=True)
class Stock:
    """Whether members keep a record of their own stock, and when a purchase is much."""

    enabled: bool = False
    months_much: Annotated[int, Whole(1, 24)] = 2
    month_end_days: Annotated[int, Whole(0, 15)] = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A card that a person reads before joining; plain text, its first line is the heading."""

    slug: Annotated[
        str,
        Text(
            r"[a-z][a-z0-9_-]{0,19}",
            Said("card slug"),
        ),
    ]
    version: Annotated[int, Whole(1, 9999)]
    id: Annotated[str, Text(r"(?s)\S.{9,999}", CARD_TEXT)]
    en: Annotated[str, Text(r"(?s)(\S.{9,999})?", CARD_TEXT)] = ""

    def text(self, language: str) -> str:
        """Returns the whole card; in Indonesian if it has no text in the language."""
        return self.en if language == "en" and self.en else self.id

    def title(self, language: str) -> str:
        """Returns the heading alone."""
        return self.text(language).partition("\n")[0].strip()

    def body(self, language: str) -> str:
        """Returns the text below the heading."""
        return self.text(language).partition("\n")[2].strip()


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question that people ask, as they ask it, and its answer; plain text."""

    slug: Annotated[
        str,
        Text(
            r"[a-z][a-z0-9_-]{0,19}",
            Said("card slug"),
        ),
    ]
    asked: Annotated[tuple[str, ...], ASKED]
    id: Annotated[str, Text(r"(?s)\S.{1,699}", FAQ_TEXT)]
    en: Annotated[str, Text(r"(?s)(\S.{1,699})?", FAQ_TEXT)] = ""
    asked_en: Annotated[tuple[str, ...], ASKED] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of all languages."""
        return (*self.asked, *self.asked_en)

    def heading(self, language: str) -> str:
        """Returns the question as a list shows it."""
        return self.asked_en[0] if language == "en" and self.asked_en else self.asked[0]

    def answer(self, language: str) -> str:
        """Returns the answer; in Indonesian if it has none in the language."""
        return self.en if language == "en" and self.en else self.id


@dataclass(frozen=True, slots=True)
class Company:
    """The company that the bot works for."""

    name: Annotated[str, Text(r"\S.{1,59}", Said("company name"))]
    office_contact: Annotated[
        str,
        Text(
            r"\S.{2,99}",
            Said("office contact"),
        ),
    ]
    root_code: Annotated[
        str,
        Text(
            r"(?=.*[A-Za-z])(?!.{8}$)[A-Za-z0-9]{3,20}",
            Said("root code"),
        ),
    ]
    languages: tuple[str, ...] = ("id", "en")
    time_zone: Annotated[
        str,
        Text("|".join(TIME_ZONES), Said.of("one of", known=", ".join(TIME_ZONES))),
    ] = "Asia/Jakarta"
    sending: Sending = Sending()
    policy: Policy = Policy()
    retention: Retention = Retention()
    stock: Stock = Stock()
    plan_file: Annotated[str, Text(r"[^\x00-\x1f]{1,200}", Said("plan path"))] = ""
    cards: tuple[Card, ...] = ()
    faq: tuple[FaqEntry, ...] = ()
    plan: Plan = NO_PLAN
