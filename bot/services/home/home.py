"""What the menu counts, and the choice of the language."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.conversation.messages import Message
from bot.flows.home.home import (
    Home,
    LanguageChosen,
    OfficeHome,
    OfficeWaits,
    SpeakLanguage,
    WhatWaits,
)
from bot.services.home.command_menu import request_menu_check
from bot.services.today.making import open_count
from bot.store.inquiries import inquiries
from bot.store.members import office, people
from bot.store.returns import waiting_returns
from bot.store.sales import sales
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def what_waits(turn: Turn, lookup: WhatWaits) -> Home:
    """Returns the counts that the menu shows."""
    own_waiting, sold_today, total_today = office.day_of(turn.conn, lookup.member_id, lookup.today)
    return Home(
        office_waiting=sales.waiting_count(turn.conn) if lookup.admin else 0,
        own_waiting=own_waiting,
        sold_today=sold_today,
        total_today=total_today,
        customers_today=open_count(turn.conn, lookup.member_id, lookup.own_day),
    )


def office_waits(turn: Turn, _lookup: OfficeWaits) -> OfficeHome:
    """Returns the counts that the menu of the office shows."""
    return OfficeHome(
        waiting=sales.waiting_count(turn.conn),
        returns=waiting_returns.count(turn.conn),
        inquiries=inquiries.count_waiting(turn.conn),
        leads=office.count_leads(turn.conn),
    )


def set_language(turn: Turn, action: SpeakLanguage) -> Iterable[Message]:
    """Store the language and use it for the rest of this turn."""
    people.set_language(turn.conn, turn.caller.user_id, action.language)
    request_menu_check(turn, turn.caller.user_id)
    turn.reader = replace(turn.reader, language=action.language)
    turn.caller = replace(turn.caller, language=action.language)
    yield LanguageChosen(turn.caller.me is not None)


LOOKUPS: Lookups = {WhatWaits: what_waits, OfficeWaits: office_waits}
ACTIONS: Actions = {SpeakLanguage: set_language}
