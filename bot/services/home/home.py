"""Answers the menu, and remembers the language."""

from collections.abc import Iterable
from dataclasses import replace

from bot.core.conversation.messages import Message
from bot.flows.home.home import Home, LanguageChosen, SpeakLanguage, WhatWaits
from bot.services.home.command_menu import hang
from bot.store.members import office, people
from bot.store.sales import sales
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def what_waits(turn: Turn, lookup: WhatWaits) -> Home:
    """Count what the menu mentions."""
    own_waiting, sold_today, total_today = office.day_of(turn.conn, lookup.member_id, lookup.today)
    return Home(
        office_waiting=sales.waiting_count(turn.conn) if lookup.admin else 0,
        own_waiting=own_waiting,
        sold_today=sold_today,
        total_today=total_today,
    )


def speak(turn: Turn, command: SpeakLanguage) -> Iterable[Message]:
    """Remember the language; the rest of this turn is spoken in it already."""
    people.speak(turn.conn, turn.caller.user_id, command.language)
    hang(turn, turn.caller.user_id)
    turn.reader = replace(turn.reader, language=command.language)
    turn.caller = replace(turn.caller, language=command.language)
    yield LanguageChosen(turn.caller.me is not None)


LOOKUPS: Lookups = {WhatWaits: what_waits}
ACTIONS: Actions = {SpeakLanguage: speak}
