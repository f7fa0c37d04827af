"""Whether a text that a member typed tells of a sale, and of which."""

from bot.content.heard import line_tags
from bot.core.conversation.messages import Message, Refusal
from bot.core.sales.drafts import Draft
from bot.core.sales.quick_entry import read_line
from bot.store.products import products
from bot.turn.turn import Turn

__all__ = ["tells_a_sale", "told_sale"]


def tells_a_sale(turn: Turn, text: str, *, to_somebody: bool = False) -> bool:
    """Returns whether a line typed outside a conversation reports a sale.

    Args:
        turn: the turn.
        text: as it was typed.
        to_somebody: whether only a sale counts that says who has the goods now.
    """
    sale = told_sale(turn, text)
    if not isinstance(sale, Draft):
        return sale is not None and not to_somebody
    return not to_somebody or sale.customer is not None or sale.own_use


def told_sale(turn: Turn, text: str) -> Draft | Message | None:
    """Returns the sale that such a line reports, or why it is refused; None if it reports none."""
    try:
        return read_line(text, products.catalogue(turn.conn), turn.caller.today, tags=line_tags())
    except Refusal as refusal:
        return refusal.message
