"""Whether a text that a member typed tells of a sale, and of which."""

from bot.content.heard import line_tags
from bot.core.conversation.messages import Message, Refusal
from bot.core.sales.drafts import Draft
from bot.core.sales.quick_entry import StoppedBy, read_line
from bot.core.sales.several_sales import sales_in
from bot.flows.sales.sell import IF_A_SALE, SURELY
from bot.flows.sales.sell_lookups import SalesIn
from bot.store.products import products
from bot.turn.turn import Turn

__all__ = ["sales_told", "tells_a_sale", "tells_several_sales", "told_sale"]


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


def tells_several_sales(turn: Turn, text: str) -> bool:
    """Returns whether a line tells of sales to several customers that can be told apart."""
    return turn.caller.me is not None and len(sales_told(turn, SalesIn(text))) > 1


def sales_told(turn: Turn, lookup: SalesIn) -> tuple[str, ...]:
    """Returns a line for each sale of which the text after the command tells.

    One that may be no sale is asked about as a whole.
    """
    if lookup.text.startswith(IF_A_SALE):
        return (lookup.text,)
    marker = SURELY if lookup.text.startswith(SURELY) else ""

    def read(text: str) -> Draft | None:
        return read_line(
            text,
            products.catalogue(turn.conn),
            turn.caller.began.own,
            tags=line_tags(),
            in_thousands=True,
            is_begun=True,
            stopped_by=StoppedBy.NOTHING,
        )

    return tuple(f"{marker}{line}" for line in sales_in(lookup.text.removeprefix(marker), read))
