"""Leads: people without a sponsor who asked the office for a call."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, Lookup, find
from bot.flows.answers import button_number
from bot.flows.caller import Caller
from bot.flows.spec import Action

__all__ = [
    "LeadCard",
    "LeadDone",
    "LeadGone",
    "LeadLine",
    "Leads",
    "LeadsPage",
    "NoLeads",
    "OpenLead",
    "SettleLead",
    "leads",
    "open_lead",
    "settle_lead",
]

NUMBER_DIGITS_MAX = 9


@dataclass(frozen=True, slots=True)
class LeadLine:
    """A lead in the list."""

    id: int
    who: str
    phone_end: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Leads(Message):
    """A page of leads; `before` and `after` are 0 if there is no such page."""

    passing: ClassVar[bool] = True

    lines: tuple[LeadLine, ...]
    total: int
    page: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class NoLeads(Message):
    """There are no leads."""

    passing: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class LeadCard(Message):
    """One lead in full; `digits` is the number in the form WhatsApp needs."""

    number: int
    who: str
    phone: str
    digits: str
    at: datetime
    done: bool


@dataclass(frozen=True, slots=True)
class LeadDone(Message):
    """The lead is marked as done, and off the list."""

    left: int


@dataclass(frozen=True, slots=True)
class LeadGone(Message):
    """The lead is not on the list."""


@dataclass(frozen=True, slots=True)
class LeadsPage(Lookup[Leads | NoLeads]):
    """A page of the list."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenLead(Action):
    """Show a number in full; an action, since the audit log records who looked."""

    lead_id: int


@dataclass(frozen=True, slots=True)
class SettleLead(Action):
    """Mark a lead as done: the office has called."""

    lead_id: int


def leads(_caller: Caller, rest: str) -> Flow[Leads | NoLeads]:
    """Show the people who asked for a call."""
    return (yield from find(LeadsPage(max(1, button_number(rest, NUMBER_DIGITS_MAX)))))


def open_lead(_caller: Caller, rest: str) -> Flow[OpenLead]:
    """Show one of them with the whole number."""
    yield from ()
    return OpenLead(button_number(rest, NUMBER_DIGITS_MAX))


def settle_lead(_caller: Caller, rest: str) -> Flow[SettleLead]:
    """Mark a lead as done."""
    yield from ()
    return SettleLead(button_number(rest, NUMBER_DIGITS_MAX))
