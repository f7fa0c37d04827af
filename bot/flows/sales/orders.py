"""A customer's order in a forwarded message, from which a sale can be opened."""

from dataclasses import dataclass
from typing import ClassVar

from bot.core.conversation.messages import Message, Question
from bot.core.conversation.replay import Flow, ask, find
from bot.core.sales.drafts import DraftItem
from bot.flows.answers import said_yes
from bot.flows.caller import Caller
from bot.flows.sales.sell import sell
from bot.flows.sales.sell_items import draft_of
from bot.flows.sales.sell_lookups import PriceList
from bot.flows.spec import FlowSpec, Outcome

__all__ = ["ORDER", "AskOrder", "OrderLeft", "OrderedLine", "order"]


@dataclass(frozen=True, slots=True)
class OrderedLine:
    """A product of the order; `quantity` is 0 if the message has none."""

    name: str
    quantity: int


@dataclass(frozen=True, slots=True)
class AskOrder(Question):
    """Asks whether to open a sale with what a forwarded message orders."""

    asked_as: ClassVar[str] = "order.sell@1"

    lines: tuple[OrderedLine, ...]


@dataclass(frozen=True, slots=True)
class OrderLeft(Message):
    """No sale was opened from the order."""


def order(caller: Caller, args: str) -> Flow[Outcome]:
    """Open a sale from a customer's order, such as `/pesanan 2 sabun`; the buyer is asked for."""
    shelf = yield from find(PriceList(caller.began.company))
    draft = draft_of(args, shelf, caller.began) if args else None
    if draft is not None and draft.items:
        lines = tuple(
            OrderedLine(
                item.query if item.product is None else item.product.name, item.quantity or 0
            )
            for item in draft.items
        )
        if not (yield from ask(AskOrder(lines), said_yes)):
            return OrderLeft()
    return (yield from sell(caller, args))


def _shown(item: DraftItem) -> OrderedLine:
    name = item.query if item.product is None else item.product.name
    return OrderedLine(name, item.quantity or 0)


ORDER = FlowSpec("order", order, ("pesanan",), acts=True, keeps_photo=True)
