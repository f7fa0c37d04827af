"""What a sale in a line costs by the price list, for what is said of its payment."""

from bot.core.sales.drafts import Draft, DraftItem
from bot.core.sales.payment_note import Payment

__all__ = ["noted"]


def noted(draft: Draft) -> Payment:
    """Returns the note on the payment as the card shows it; without a sum if a price is open."""
    due = _due(draft)
    return draft.payment if due is None else draft.payment.of(due)


def _due(draft: Draft) -> int | None:
    costs = [_cost(item) for item in draft.items]
    listed = sum(cost for cost in costs if cost is not None)
    if draft.total is None and (None in costs or not costs):
        return None
    due = listed if draft.total is None else draft.total
    return due if draft.discount is None else draft.discount.after(due, listed)


def _cost(item: DraftItem) -> int | None:
    """Returns what an item costs; None if its product, number or price is not certain."""
    if item.price is not None and item.price.is_open:
        return None
    if item.price is not None and item.price.total is not None:
        return item.price.total
    each = item.product.retail_price if item.product else None
    if item.price is not None:
        each = item.price.each
    return None if each is None or item.quantity is None else each * item.quantity
