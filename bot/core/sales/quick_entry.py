"""Reads a sale typed in one line, `J 2 SABUN @50rb Bu Ani`, by rules.

Nothing read here is saved directly: it becomes a card that the seller confirms. So the rules
would rather leave a field open, which costs one tap, than fill it with a guess.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import compress

from bot.core.conversation.messages import Refusal
from bot.core.input.chat_text import plain_chat
from bot.core.input.dates import some_day
from bot.core.input.money import AmbiguousMoney, parse_rupiah
from bot.core.input.quantity import NotAQuantity, checked_quantity
from bot.core.input.typed import clean_text, one_line, shown
from bot.core.sales.drafts import (
    Discount,
    Draft,
    DraftItem,
    SeveralCustomers,
    SeveralDays,
    TypedPrice,
)
from bot.core.sales.line_items import read_tokens
from bot.core.sales.no_sale import what_instead
from bot.core.sales.payments import read_payment
from bot.core.sales.products import (
    Product,
    ProductMatch,
    ProductNames,
    find_named,
    is_like_goods,
    names_of,
)
from bot.core.sales.tokens import scan
from bot.core.sales.written import Written, WrittenItem

__all__ = ["read_line"]

LINE_CHARACTERS_MAX = 1_000
LINES_KEPT_MAX = 1_000
ITEMS_MAX = 30
CUSTOMER_CHARACTERS_MAX = 64
SCORE_NEAR_MIN = 70
# No price is lower: "@50" means fifty thousand.
PRICE_PLAUSIBLE_MIN = 1_000

_VERB = re.compile(
    r"""/?
    (?:(?:halo|hai|hi|hello|kak|min|admin|saya|aku|mau|ingin|tolong|bantu|baru|tadi|sudah|sdh
         |udah|i|just)(?:\s++|\s*+,\s++))*
    (?:
        (?:(?:catat(?:kan)?|tulis|log|record)\s+)?
        (?:jual(?:an)?|menjual|penjualan|j|jl|sell|sold|sale|laku|terjual|kejual)
        | catat(?:kan)? | log | record
    )
    (?:@\w+)?(?:(?![\w'’])|(?<=\bj)(?=[0-9]))[\s:,]*
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A question, or an order to the company: goods that come in, not goods that are sold.
_NO_SALE = re.compile(
    r"""\?
    | ^\W*(?:berapa|apa|apakah|kapan|gimana|bagaimana|how|what|when)\b
    | ^\W*(?:(?:saya|aku|mau|kak|min|admin|tolong)\s+)*(?:beli|order|pesan|minta)\b(?!\s+sendiri)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PERCENT = re.compile(r"([0-9]{1,2})(?:[.,]([0-9]))?\s*(?:%|p)", re.IGNORECASE)
_FIRST_BULLET = re.compile(r"^(?:[-•*·–]+\s*|1[.)]\s+)")


def read_line(
    text: str,
    catalogue: Sequence[Product],
    today: date,
    *,
    in_thousands: bool = False,
    is_begun: bool = False,
) -> Draft | None:
    """Returns the sale that the text describes, or None if it is about something else.

    Args:
        text: as it was typed.
        catalogue: the company's products.
        today: the day on which it is read.
        in_thousands: whether an implausible price such as `@50` means fifty thousand.
        is_begun: whether a sale was asked for, as if "jual" stood in front of the text.

    Raises:
        Refusal: the sale has an impossible quantity or price, or two customers.
    """
    if len(text) > LINE_CHARACTERS_MAX:
        return None
    return _read(text, tuple(catalogue), today, in_thousands, is_begun)


@lru_cache(maxsize=LINES_KEPT_MAX)
def _read(
    text: str, catalogue: tuple[Product, ...], today: date, in_thousands: bool, is_begun: bool
) -> Draft | None:
    """Returns what `read_line` does; cached, since each replay reads the line again."""
    line = _FIRST_BULLET.sub("", clean_text(plain_chat(text), LINE_CHARACTERS_MAX))
    if is_begun and not _VERB.match(line):
        line = f"jual {line}"
    if _NO_SALE.search(line) or what_instead(line) is not None:
        return None
    verb = _VERB.match(line)
    called = names_of(catalogue)
    written = read_tokens(list(scan(line[verb.end() :] if verb else line)), called)
    if len(written.items) > ITEMS_MAX or not (verb or _may_be_a_sale(written)):
        return None
    matches = [_match(item.query, called) for item in written.items]
    written, matches = _name_at_the_end(written, matches)
    written, matches = _without_chatter(written, matches)
    if not (
        _describes_a_sale(written, matches) if verb else _is_certainly_a_sale(written, matches)
    ):
        return None
    amount = _in_thousands if in_thousands else _amount
    items = tuple(
        DraftItem(match.product, shown(item.query), _quantity(item.quantity), _price(item, amount))
        for item, match in zip(written.items, matches, strict=True)
    )
    total = None if written.total is None else amount(written.total)
    day, day_is_open = _day(written, today)
    deposit = 0 if written.deposit is None else amount(written.deposit)
    return Draft(
        items,
        _customer(written),
        written.own_use,
        day,
        total,
        day_is_open,
        read_payment(written.payments, deposit),
        _discount(written.discount, amount),
    )


def _match(query: str, called: ProductNames) -> ProductMatch:
    """Returns the product of an item; words that resemble no product are left aside."""
    match = find_named(query, called)
    if match.product is not None:
        return match
    words = query.split()
    alike = [is_like_goods(word, called) for word in words]
    if not any(alike) or all(alike):
        return match
    # "sabun sirih" may be a soap that is not sold, so words behind a single one are not left out.
    first = alike.index(True)
    kept = words[first:] if sum(alike) == 1 else list(compress(words, alike))
    shorter = find_named(" ".join(kept), called)
    return shorter if shorter.score >= match.score else match


def _without_chatter(
    written: Written, matches: list[ProductMatch]
) -> tuple[Written, list[ProductMatch]]:
    """Leave out words that are no article: no number, no comma before them, like no product."""
    pairs = [
        (item, match)
        for item, match in zip(written.items, matches, strict=True)
        if item.listed
        or item.quantity is not None
        or item.is_priced
        or not item.query.replace(" ", "").isalpha()
        or match.score >= SCORE_NEAR_MIN
    ]
    if not pairs or len(pairs) == len(matches):
        return written, matches
    kept = tuple(item for item, _ in pairs)
    return replace(written, items=kept), [match for _, match in pairs]


def _discount(text: str | None, amount: Callable[[str], int]) -> Discount | None:
    if text is None:
        return None
    percent = _PERCENT.match(text)
    if percent is None:
        return Discount(amount=amount(text))
    tenths = int(percent[1]) * 10 + int(percent[2] or 0)
    return Discount(basis_points=tenths * 10)


def _may_be_a_sale(written: Written) -> bool:
    """Returns whether a line without "jual" has a number, a customer or own use, as sales do."""
    counted = any(item.quantity is not None or item.is_priced for item in written.items)
    return counted or bool(written.customers) or written.own_use


def _name_at_the_end(
    written: Written, matches: list[ProductMatch]
) -> tuple[Written, list[ProductMatch]]:
    """Returns the line with its last word as the customer, if it resembles no product.

    So Ani in `sabun 2 Ani` is the customer, and not a second product.
    """
    if len(written.items) < 2 or written.customers:  # noqa: PLR2004 - an item and the name
        return written, matches
    last = written.items[-1]
    bare = last.quantity is None and not last.is_priced and last.query.isalpha()
    if not bare or matches[-1].score >= SCORE_NEAR_MIN:
        return written, matches
    return written.with_last_as_customer(), matches[:-1]


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


def _quantity(quantity: int | str | None) -> int | None:
    if isinstance(quantity, str):
        raise Refusal(NotAQuantity(shown(quantity)))
    return None if quantity is None else checked_quantity(quantity)


def _price(item: WrittenItem, amount: Callable[[str], int]) -> TypedPrice | None:
    """Returns the price; a total takes precedence, unless it is the price for all pieces."""
    quantity = item.quantity if isinstance(item.quantity, int) else None
    each = None if item.each is None else amount(item.each)
    bare = None if item.bare is None else amount(item.bare)
    total = None if item.total is None else amount(item.total)
    single = each if each is not None else bare
    if total is not None:
        if single is not None and quantity is not None and single * quantity == total:
            return TypedPrice(each=single)
        return TypedPrice(total=total)
    if each is not None or bare is None:
        return None if each is None else TypedPrice(each=each)
    return TypedPrice(each=bare) if quantity == 1 else TypedPrice(each=bare, total=bare)


def _amount(text: str) -> int:
    amount = parse_rupiah(text)
    if amount < PRICE_PLAUSIBLE_MIN and text[-1].isdigit():
        raise Refusal(AmbiguousMoney(shown(text), (amount, amount * PRICE_PLAUSIBLE_MIN)))
    return amount


def _in_thousands(text: str) -> int:
    """Returns an amount; an implausibly small one is taken in thousands."""
    try:
        return _amount(text)
    except Refusal as refusal:
        match refusal.message:
            case AmbiguousMoney(candidates=(short, full)) if (
                short < PRICE_PLAUSIBLE_MIN and full == short * PRICE_PLAUSIBLE_MIN
            ):
                return full
        raise


def _customer(written: Written) -> str | None:
    if not written.customers:
        return None
    first, *others = (one_line(name, CUSTOMER_CHARACTERS_MAX) for name in written.customers)
    for other in others:
        if other != first:
            raise Refusal(SeveralCustomers(first, other))
    return first


def _day(written: Written, today: date) -> tuple[date | None, bool]:
    """Returns the day of the line, and whether words for a day could not be read."""
    days: list[date] = []
    unread = False
    for words in written.days:
        try:
            days.append(some_day(words, today))
        except Refusal:
            unread = True
    if not days:
        return None, unread
    before = [day for day in days if day != today] or days  # "baru lapor sekarang, kemarin ..."
    named = [day for day in before if day != today - timedelta(days=1)] or before
    first, *others = named  # "tgl 21 kemarin" is the 21st
    for other in others:
        if other != first:
            raise Refusal(SeveralDays(first, other))
    return first, False
