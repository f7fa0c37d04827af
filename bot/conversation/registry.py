"""Where each lookup and each command of the flows finds the service that answers it."""

from collections.abc import Callable, Iterable, Mapping
from types import ModuleType
from typing import Any

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Lookup
from bot.core.sales.sales import receipt_number
from bot.flows.spec import Command
from bot.services.bonus import balance, bonus, sources, why_nothing
from bot.services.broadcasts import broadcast
from bot.services.home import home
from bot.services.members import claim, invite, member_cards, profile, register, relink
from bot.services.office import manage, recovery
from bot.services.products import products
from bot.services.sales import approve, sell
from bot.services.team import team
from bot.services.tips import consent
from bot.store.sales import sales
from bot.turn.turn import Picture, SentFile, Turn

__all__ = ["answer_lookup", "carry_out", "receipt_for"]

SERVICES: tuple[ModuleType, ...] = (
    member_cards,
    products,
    recovery,
    relink,
    approve,
    sell,
    balance,
    bonus,
    why_nothing,
    sources,
    invite,
    register,
    claim,
    team,
    home,
    manage,
    profile,
    consent,
    broadcast,
)
"""Each has LOOKUPS and COMMANDS: which function answers which class."""

LOOKUPS: Mapping[type[Lookup[Any]], Callable[[Turn, Any], Any]] = {
    kind: answer for service in SERVICES for kind, answer in service.LOOKUPS.items()
}

COMMANDS: Mapping[type[Command], Callable[[Turn, Any], Iterable[Message | Picture | SentFile]]] = {
    kind: act for service in SERVICES for kind, act in service.COMMANDS.items()
}


def answer_lookup(turn: Turn, lookup: Lookup[Any]) -> Any:
    """What the flow wants to know."""
    return LOOKUPS[type(lookup)](turn, lookup)


def carry_out(turn: Turn, command: Command) -> tuple[Message | Picture | SentFile, ...]:
    """Do what the flow ended with; gives what to say about it.

    Raises:
        Refusal: before anything is written, where it cannot be done.
    """
    return tuple(COMMANDS[type(command)](turn, command))


def receipt_for(turn: Turn, reference: str) -> str | None:
    """The number of what a finished conversation of this caller brought about."""
    sale = sales.by_reference(turn.conn, reference)
    me = turn.caller.me
    if sale is None or me is None or sale.seller_id != me.id:
        return None
    return receipt_number(sale.id)
