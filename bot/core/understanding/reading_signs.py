"""What the reader of sales finds in a text, as signs that speak for or against a sale."""

from collections.abc import Callable, Iterator
from typing import Final

from bot.core.conversation.messages import Message
from bot.core.sales.buyers import SHOPS, TITLES
from bot.core.sales.drafts import Draft
from bot.core.sales.telling.no_sale import kinds_in
from bot.core.sales.telling.turning_words import SAYS

__all__ = ["sale_signs", "tells_only_of_a_sale"]

TEXT_CHARACTERS_MAX = 500
_TITLED: Final = "the buyer has a title"
LEFT_STEPS: Final = (1, 2, 3, 4, 6)
"""From so many words on that say nothing of the sale, there is one sign more against it."""
_LEFT_FEW: Final = 1
_DOUBTFUL: Final = frozenset(
    (
        *("is refused", "has unknown goods", "has uncounted goods"),
        *(f"leaves {step} words" for step in LEFT_STEPS if step > _LEFT_FEW),
        *(f"tells of {kind}" for kind, _ in SAYS),
        *("tells of payment", "tells of question"),
    )
)


def sale_signs(
    text: str,
    found: Draft | Message | None,
    left: int,
    is_usual: Callable[[str], bool],
) -> frozenset[str]:
    """Returns the signs of a text.

    Args:
        text: as it was typed; only its beginning is looked at.
        found: the sale that was read in it, what refused to read one, or None.
        left: how many words say nothing of that sale.
        is_usual: whether a word is one that everybody uses, and so hardly a name.
    """
    signs = [*_of_reading(found), *_of_words(text[:TEXT_CHARACTERS_MAX])]
    signs += [f"leaves {step} words" for step in LEFT_STEPS if left >= step]
    if isinstance(found, Draft) and found.customer:
        signs.append(_of_buyer(found.customer, is_usual))
    return frozenset(signs)


def tells_only_of_a_sale(signs: frozenset[str]) -> bool:
    """Returns whether a text has a titled buyer and counted goods, and next to nothing else.

    Args:
        signs: those of the text, as `sale_signs` returns them.
    """
    return _TITLED in signs and _DOUBTFUL.isdisjoint(signs)


def _of_buyer(name: str, is_usual: Callable[[str], bool]) -> str:
    words = name.casefold().replace(".", " ").split()
    if any(word in TITLES or word in SHOPS for word in words):
        return _TITLED
    return "the buyer is a usual word" if any(map(is_usual, words)) else "the buyer is a bare name"


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
