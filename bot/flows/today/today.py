"""The list of a day: whom to think of and why, and what became of each.

A press of *Kirim* opens WhatsApp or Telegram and never reaches the bot. So nothing has to be
ticked off: who was shown is not shown again for a week, done or not.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.core.conversation.replay import Flow, Lookup, ask, find
from bot.core.today.customer_facts import ItemState
from bot.core.today.list_rules import REASONS, ListReason
from bot.flows.answers import button_number, said_yes
from bot.flows.caller import Caller
from bot.flows.spec import Action, FlowSpec, HelpPlace, MenuPlace, Outcome
from bot.flows.tips.tip_time import hour_choice
from bot.flows.today.today_messages import (
    AskListHour,
    AskNever,
    NobodyRefused,
    NotOnTheList,
    RefusedCustomers,
    RefusedRow,
    StaysOnTheList,
    TodayCard,
)

__all__ = [
    "POSTPONEMENTS",
    "SPEC",
    "DecideAll",
    "DecideItem",
    "ItemCard",
    "RefusedItems",
    "SetListHour",
    "ShowList",
    "WantList",
]

POSTPONEMENTS: Final = {"besok": 1, "3hari": 3, "seminggu": 7}
"""The days of each button of a postponement."""

DONE_WORDS = frozenset({"sudah", "done"})
NEVER_WORDS = frozenset({"jangan", "never"})
AGAIN_WORDS = frozenset({"ingatkan", "remind"})
ALL_WORDS = frozenset({"semua", "all"})
HOUR_WORDS = frozenset({"jam", "hour", "time"})
REFUSED_WORDS = frozenset({"disembunyikan", "hidden"})
STOP_WORDS = frozenset({"stop", "berhenti"})
START_WORDS = frozenset({"terima", "get", "start"})


@dataclass(frozen=True, slots=True)
class ShowList(Action):
    """Show the list of this day, and make it if it has not been made."""

    day: date


@dataclass(frozen=True, slots=True)
class DecideItem(Action):
    """Store what becomes of one customer of the list."""

    customer_id: int
    reason: ListReason
    state: ItemState
    day: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class DecideAll(Action):
    """Store that everybody on the list of this day is done."""

    day: date


@dataclass(frozen=True, slots=True)
class SetListHour(Action):
    """Send the caller's list at HH:MM."""

    hour: str


@dataclass(frozen=True, slots=True)
class WantList(Action):
    """Send the caller's list by itself, or not."""

    wanted: bool


@dataclass(frozen=True, slots=True)
class ItemCard(Lookup[TodayCard | None]):
    """A customer whom the caller was shown for this reason, as a card."""

    customer_id: int
    reason: ListReason
    day: date


@dataclass(frozen=True, slots=True)
class RefusedItems(Lookup[tuple[RefusedRow, ...]]):
    """Whom the caller does not want to be shown any more."""


def today(caller: Caller, args: str) -> Flow[Outcome]:
    """Show whom to think of today, each with the reason and ready words.

    What may be typed after the command: `jam` for another hour, `stop` and `terima` for the list
    that comes by itself, `semua` when all are done, `disembunyikan` for who is not shown any more.
    In English `hour`, `stop`, `start`, `all`, `hidden`.
    """
    first, *rest = args.casefold().split() or [""]
    day = caller.now.own
    if first in HOUR_WORDS:
        hours = hour_choice(caller.company)
        return SetListHour((yield from ask(AskListHour(hours.whole), hours.read)))
    if first in STOP_WORDS | START_WORDS:
        return WantList(first in START_WORDS)
    if first in ALL_WORDS:
        return DecideAll(day)
    if first in REFUSED_WORDS:
        rows = yield from find(RefusedItems())
        return RefusedCustomers(rows) if rows else NobodyRefused()
    customer_id, reason = _item(rest)
    if reason is None:
        return ShowList(day)
    if first in POSTPONEMENTS:
        until = day + timedelta(days=POSTPONEMENTS[first])
        return DecideItem(customer_id, reason, "later", day, until)
    if first in DONE_WORDS or first in AGAIN_WORDS:
        state: ItemState = "done" if first in DONE_WORDS else "shown"
        return DecideItem(customer_id, reason, state, day)
    return (yield from _card(ItemCard(customer_id, reason, day), never=first in NEVER_WORDS))


def _card(lookup: ItemCard, *, never: bool) -> Flow[Outcome]:
    """Show a customer of the list, or ask whether it is never to be shown again."""
    card = yield from find(lookup)
    if card is None:
        return NotOnTheList()
    if not never:
        return card
    if not (yield from ask(AskNever(card.item.customer, lookup.reason), said_yes)):
        return StaysOnTheList(card.item.customer)
    return DecideItem(lookup.customer_id, lookup.reason, "never", lookup.day)


def _item(words: list[str]) -> tuple[int, ListReason | None]:
    """Returns the customer and the reason that a button names; no reason if it names none."""
    if len(words) != 2:  # noqa: PLR2004 - the customer and the reason
        return 0, None
    rule = next((rule for rule in REASONS.values() if rule.reason == words[1]), None)
    return button_number(words[0]), rule.reason if rule else None


SPEC = FlowSpec(
    "today",
    today,
    ("hariini", "today"),
    heard=(("today", ""),),
    words=("hariini", "tugas hari ini", "daftar hari ini", "today's list"),
    in_help=(HelpPlace("customers", column=2),),
    in_menu=(MenuPlace("members", 43),),
)
