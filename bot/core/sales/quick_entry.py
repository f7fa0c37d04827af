"""Reads a sale typed in one line, `J 2 SABUN @50rb Bu Ani`, by rules.

Who bought, and whether it is paid, is settled by weights that were learned from examples, where
they are given.
Nothing read here is saved directly: it becomes a card that the seller confirms. So the rules
would rather leave a field open, which costs one tap, than fill it with a guess.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from functools import lru_cache

from bot.core.sales.drafts import Draft
from bot.core.sales.line.line_items import read_tokens
from bot.core.sales.line.line_matches import SCORE_NEAR_MIN, match_of, matched
from bot.core.sales.line.line_values import draft_with
from bot.core.sales.line.tags.buyer_tags import with_tagged_buyer
from bot.core.sales.line.tags.line_tags import LineTags
from bot.core.sales.line.tags.payment_tags import with_tagged_payment
from bot.core.sales.line.words.usual_words import worded
from bot.core.sales.line.written import Written
from bot.core.sales.products import Product, ProductMatch, ProductNames, names_of
from bot.core.sales.telling.beginnings import LINE_CHARACTERS_MAX, Opened, opened
from bot.core.sales.telling.no_sale import pays_for_goods

__all__ = ["StoppedBy", "read_line", "read_parts"]

LINES_KEPT_MAX = 1_000
ITEMS_MAX = 30


class StoppedBy(Enum):
    """What stops a text from being read as a sale."""

    ANY_DOUBT = auto()  # nothing else says that it is a sale
    TAKING_BACK = auto()  # learned weights say so: questions in it may be about anything
    NOTHING = auto()  # the seller has said so


def read_line(
    text: str,
    catalogue: Sequence[Product],
    today: date,
    *,
    tags: LineTags | None = None,
    in_thousands: bool = False,
    is_begun: bool = False,
    stopped_by: StoppedBy = StoppedBy.ANY_DOUBT,
) -> Draft | None:
    """Returns the sale that the text describes, or None if it is about something else.

    Args:
        text: as it was typed.
        catalogue: the company's products.
        today: the day on which it is read.
        tags: what was learned of the words of such lines; without it the rules alone tell.
        in_thousands: whether an implausible price such as `@50` means fifty thousand.
        is_begun: whether a sale was asked for, as if "jual" stood in front of the text.
        stopped_by: what in the text says that it is no sale, for how sure it is that it is one.

    Raises:
        Refusal: the sale has an impossible quantity or price, or two customers.
    """
    if len(text) > LINE_CHARACTERS_MAX:
        return None
    return _read(text, names_of(catalogue), today, tags, in_thousands, is_begun, stopped_by)


@lru_cache(maxsize=LINES_KEPT_MAX)
def _read(
    text: str,
    called: ProductNames,
    today: date,
    tags: LineTags | None,
    in_thousands: bool,
    is_begun: bool,
    stopped_by: StoppedBy,
) -> Draft | None:
    """Returns what `read_line` does; cached, since each replay reads the line again."""
    line = opened(text, called, is_begun=is_begun)
    if _is_stopped(line, stopped_by) or (not line.has_verb and pays_for_goods(line.tokens)):
        return None
    written = read_tokens(line.tokens, called)
    if tags is not None:
        written = with_tagged_buyer(line.tokens, called, written, tags)
    if len(written.items) > ITEMS_MAX or not (line.has_verb or _may_be_a_sale(written)):
        return None
    if line.buys and not written.customers:
        return None
    written, matches = matched(written, called)
    if not (
        _describes_a_sale(written, matches)
        if line.has_verb
        else _is_certainly_a_sale(written, matches)
    ):
        return None
    draft = draft_with(written, matches, today, in_thousands=in_thousands)
    if tags is None or draft.own_use or not draft.items:
        return draft
    return replace(draft, payment=with_tagged_payment(line.tokens, draft.payment, tags))


def _is_stopped(line: Opened, by: StoppedBy) -> bool:
    match by:
        case StoppedBy.ANY_DOUBT:
            return line.is_about_else
        case StoppedBy.TAKING_BACK:
            return line.takes_back
        case StoppedBy.NOTHING:
            return False


def read_parts(
    line: str, catalogue: Sequence[Product], today: date, tags: LineTags | None = None
) -> Draft:
    """Returns the parts of a sale that a line names, even if it is no sale by itself.

    Args:
        line: as it was typed, without emoji.
        catalogue: the company's products.
        today: the day on which it is read.
        tags: what was learned of the words around a buyer; without it the rules alone tell.

    Raises:
        Refusal: it has an impossible quantity or price, or two customers.
    """
    called = names_of(catalogue)
    tokens = worded(line, called)
    written = read_tokens(tokens, called)
    if tags is not None:
        written = with_tagged_buyer(tokens, called, written, tags)
    matches = [match_of(item.query, called) for item in written.items]
    return draft_with(written, matches, today, in_thousands=True)


def _may_be_a_sale(written: Written) -> bool:
    """Returns whether a line without "jual" has a number, a customer or own use, as sales do."""
    counted = any(item.quantity is not None or item.is_priced for item in written.items)
    return counted or bool(written.customers) or written.own_use


def _describes_a_sale(written: Written, matches: Sequence[ProductMatch]) -> bool:
    """Returns whether a line after "jual" has any part of a sale; "jual apa ya" has none."""
    if written.customers or written.own_use:
        return True
    return any(
        item.quantity is not None or item.is_priced or match.score >= SCORE_NEAR_MIN
        for item, match in zip(written.items, matches, strict=True)
    )


def _is_certainly_a_sale(written: Written, matches: Sequence[ProductMatch]) -> bool:
    """Returns whether a line without "jual" is a sale.

    It must have a known product, with a quantity, a price or a customer.
    """
    pairs = list(zip(written.items, matches, strict=True))
    if any(match.product and (item.quantity or item.is_priced) for item, match in pairs):
        return True
    if written.customers or written.own_use:
        return any(
            match.product or (item.quantity and match.score >= SCORE_NEAR_MIN)
            for item, match in pairs
        )
    counted = [item.quantity and match.score >= SCORE_NEAR_MIN for item, match in pairs]
    return bool(counted) and all(counted)
