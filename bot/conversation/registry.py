"""All topics of the bot; which flow a command starts, and which function answers a lookup.

`TOPICS` is the one list: help, Telegram's menu and the tables of the docs are made from it.
"""

from types import ModuleType
from typing import TypeVar

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Lookup
from bot.core.sales.sales import receipt_number
from bot.flows.spec import Action, FlowSpec
from bot.services import (
    bonus,
    broadcasts,
    customers,
    debts,
    home,
    imports,
    inquiries,
    members,
    mirror,
    months,
    office,
    payouts,
    privacy,
    products,
    profit,
    receipts,
    returns,
    sales,
    stock,
    team,
    tips,
    today,
)
from bot.store.receipts import sale_versions
from bot.store.sales import sales as stored_sales
from bot.turn.reply import Document, Picture, SentFile
from bot.turn.turn import Actions, Lookups, Turn

T = TypeVar("T")

__all__ = [
    "FLOWS",
    "TOPICS",
    "answer_lookup",
    "by_command",
    "by_name",
    "by_word",
    "perform",
    "receipt_for",
]

TOPICS: tuple[ModuleType, ...] = (
    sales,
    profit,
    receipts,
    returns,
    customers,
    today,
    debts,
    stock,
    products,
    members,
    team,
    mirror,
    bonus,
    broadcasts,
    tips,
    months,
    office,
    payouts,
    imports,
    inquiries,
    privacy,
    home,
)
"""Each exports FLOWS, LOOKUPS and ACTIONS."""

FLOWS: tuple[FlowSpec, ...] = tuple(spec for topic in TOPICS for spec in topic.FLOWS)

LOOKUPS: Lookups = {kind: answer for topic in TOPICS for kind, answer in topic.LOOKUPS.items()}

ACTIONS: Actions = {kind: act for topic in TOPICS for kind, act in topic.ACTIONS.items()}

_BY_NAME = {spec.name: spec for spec in FLOWS}
_BY_COMMAND = {command: spec for spec in FLOWS for command in spec.commands}
_BY_WORD = {word: spec for spec in FLOWS for word in spec.words}


def by_name(name: str) -> FlowSpec | None:
    """Returns the flow with this name."""
    return _BY_NAME.get(name)


def by_command(command: str) -> FlowSpec | None:
    """Returns the flow that a command starts; the command comes without its slash."""
    return _BY_COMMAND.get(command)


def by_word(text: str) -> FlowSpec | None:
    """Returns the flow that a text starts when it is the whole message."""
    return _BY_WORD.get(" ".join(text.casefold().split()))


def answer_lookup(turn: Turn, lookup: Lookup[T]) -> T:
    """Returns what a flow looks up."""
    found: T = LOOKUPS[type(lookup)](turn, lookup)
    return found


def perform(turn: Turn, action: Action) -> tuple[Message | Picture | Document | SentFile, ...]:
    """Perform the action that a flow ended with, and return the answers about it.

    Raises:
        Refusal: before anything is written, where it cannot be done.
    """
    return tuple(ACTIONS[type(action)](turn, action))


def receipt_for(turn: Turn, reference: str) -> str | None:
    """Returns the receipt of the sale that a finished conversation of the caller has saved."""
    sale = stored_sales.by_reference(turn.conn, reference)
    if sale is None:
        changed = sale_versions.sale_changed_under(turn.conn, reference)
        sale = None if changed is None else stored_sales.by_id(turn.conn, changed)
    me = turn.caller.me
    if sale is None or me is None or sale.seller_id != me.id:
        return None
    return receipt_number(sale.id)
