"""What the reader of sales finds in a text, as signs that speak for or against a sale."""

from collections.abc import Iterator

from bot.core.conversation.messages import Message
from bot.core.sales.drafts import Draft
from bot.core.sales.no_sale import kinds_in

__all__ = ["is_bare", "sale_signs"]

TEXT_CHARACTERS_MAX = 500


def sale_signs(text: str, found: Draft | Message | None) -> frozenset[str]:
    """Returns the signs of a text.

    Args:
        text: as it was typed; only its beginning is looked at.
        found: the sale that was read in it, what refused to read one, or None.
    """
    return frozenset((*_of_reading(found), *_of_words(text[:TEXT_CHARACTERS_MAX])))


def is_bare(found: Draft | Message | None) -> bool:
    """Returns whether a sale was read that names goods alone: neither buyer nor money."""
    if not isinstance(found, Draft) or found.own_use:
        return False
    priced = found.total is not None or any(item.price for item in found.items)
    return not (priced or found.customer or found.payment.is_stated)


def _of_words(text: str) -> Iterator[str]:
    return (f"tells of {kind}" for kind in kinds_in(text))


def _of_reading(found: Draft | Message | None) -> Iterator[str]:
    if found is None:
        yield "reads as no sale"
        return
    yield "reads as a sale"
    if not isinstance(found, Draft):
        yield "is refused"
        return
    yield "has a buyer" if found.customer else "has no buyer"
    priced = found.total is not None or any(item.price for item in found.items)
    yield "has a price" if priced else "has no price"
    if found.own_use:
        yield "is for own use"
    if found.payment.is_stated:
        yield "tells of payment"
    if found.day is not None:
        yield "has a day"
    if len(found.items) > 1:
        yield "has several items"
    if any(item.product is None for item in found.items):
        yield "has unknown goods"
    if any(item.quantity is None for item in found.items):
        yield "has uncounted goods"
