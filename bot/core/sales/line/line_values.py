"""Turns the written parts of a line into values: quantities, amounts, customer and day."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.core.conversation.messages import Refusal
from bot.core.input.dates import some_day
from bot.core.input.due_days import read_due
from bot.core.input.money import AmbiguousMoney, parse_rupiah
from bot.core.input.quantity import NotAQuantity, checked_quantity
from bot.core.input.typed import one_line, shown
from bot.core.sales.drafts import (
    Discount,
    Draft,
    DraftItem,
    SeveralCustomers,
    SeveralDays,
    TypedPrice,
)
from bot.core.sales.line.written import PromisedDay, Written, WrittenItem
from bot.core.sales.payments import date_when_paid, is_half, leaves_a_rest, read_payment
from bot.core.sales.products import ProductMatch

__all__ = ["draft_with"]

PRICE_PLAUSIBLE_MIN = 1_000
LEAST_OF_LIST, MOST_OF_LIST = 70, 115
"""Between these hundredths of the price list an amount may be what several items cost."""

WEEK_DAYS = 7
HALF = "50%"
CUSTOMER_CHARACTERS_MAX = 64
_DAY_OF_MONTH = re.compile(r"(?:tgl|tanggal)\s+([0-9]{1,2})", re.IGNORECASE)
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]))?\s*(?:%|p)", re.IGNORECASE)


def draft_with(
    written: Written, matches: Sequence[ProductMatch], today: date, *, in_thousands: bool
) -> Draft:
    """Returns the sale with the values of its written parts.

    Args:
        written: the parts as they were written.
        matches: the product of each item.
        today: the day on which it is read.
        in_thousands: whether an implausible price such as `@50` means fifty thousand.

    Raises:
        Refusal: the sale has an impossible quantity or price, or two customers.
    """
    amount = _in_thousands if in_thousands else _amount
    items = tuple(
        DraftItem(match.product, shown(item.query), _quantity(item.quantity), _price(item, amount))
        for item, match in zip(written.items, matches, strict=True)
    )
    total = None if written.total is None else amount(written.total)
    if total is None and (at := _place_of_all(items, written.items)) is not None:
        price = items[at].price
        assert price is not None, "the amount for all is at this item"
        total = price.each
        items = tuple(replace(item, price=None) for item in items)
    if len(items) == 1 and total is not None and items[0].price is None:
        items, total = (_for_all(items[0], total),), None
    if written.change is not None:
        items, total = _less_the_change(items, total, amount(written.change))
    written = _with_days_that_are_over(written, today)
    promised = [each.words for each in written.promised if _is_to_come(each, today)]
    others = [each.words for each in written.promised if each.words not in promised]
    day, day_is_open = _day([*written.days, *others], today)
    discount = _discount(written.discount, amount)
    deposit = 0 if written.deposit is None else amount(written.deposit)
    if not deposit and written.handed_over is not None:
        deposit = _less_than_all(amount(written.handed_over), items, total)
    payment = read_payment([*written.payments, *promised], deposit, today, day)
    said = HALF if any(map(is_half, written.payments)) else written.share
    share = None if said is None else _PERCENT.match(said)
    if not deposit and written.rest is not None:
        payment = replace(payment, in_full=False, rest=amount(written.rest))
    elif not deposit and share is not None:
        payment = replace(payment, in_full=False, share=_basis_points(share))
    return Draft(
        items, _customer(written), written.own_use, day, total, day_is_open, payment, discount
    )


def _place_of_all(items: Sequence[DraftItem], written: Sequence[WrittenItem]) -> int | None:
    """Returns the item whose amount, the only one, pays for all of several items; else None.

    It stands behind the last one, or before the first: `1jt2 dari Bu Nur, sabun 12, madu 5`.
    By the price list it is near what all cost, and well above what that item costs.
    """
    if len(items) < 2:  # noqa: PLR2004 - several
        return None
    first, *_, last = written
    priced = [at for at, item in enumerate(items) if item.price is not None]
    if priced == [len(items) - 1] and last.bare is not None:
        at = priced[0]
    elif priced == [0] and first.bare is not None and first.priced_first:
        at = 0
    else:
        return None
    listed = [
        item.product.retail_price * item.quantity
        for item in items
        if item.product is not None and item.quantity is not None
    ]
    if len(listed) < len(items):
        return None
    price = items[at].price
    amount = 100 * (price.each or 0) if price else 0
    for_all = LEAST_OF_LIST * sum(listed) <= amount <= MOST_OF_LIST * sum(listed)
    return at if for_all and amount > MOST_OF_LIST * listed[at] else None


def _for_all(item: DraftItem, total: int) -> DraftItem:
    price = TypedPrice(each=total) if item.quantity == 1 else TypedPrice(total=total)
    return replace(item, price=price)


def _less_the_change(
    items: tuple[DraftItem, ...], total: int | None, change: int
) -> tuple[tuple[DraftItem, ...], int | None]:
    """Returns the items and their total, where what was handed over was more than the price."""
    if total is not None:
        return items, max(0, total - change) or None
    priced = [at for at, item in enumerate(items) if item.price is not None]
    if len(priced) != 1:
        return items, None
    item = items[priced[0]]
    given = item.price.total or item.price.each or 0 if item.price else 0
    if given <= change:
        return items, None
    less = _for_all(item, given - change)
    return (*items[: priced[0]], less, *items[priced[0] + 1 :]), None


def _less_than_all(paid: int, items: Sequence[DraftItem], total: int | None) -> int:
    """Returns what was paid if it is less than the price; else 0, as for `115, dia tf 120`."""
    if total is None and len(items) == 1 and (price := items[0].price) is not None:
        total = price.total
        if total is None and price.each is not None and items[0].quantity is not None:
            total = price.each * items[0].quantity
    return paid if total is not None and paid < total else 0


def _discount(text: str | None, amount: Callable[[str], int]) -> Discount | None:
    if text is None:
        return None
    percent = _PERCENT.match(text)
    if percent is None:
        return Discount(amount=amount(text))
    return Discount(basis_points=_basis_points(percent))


def _basis_points(percent: re.Match[str]) -> int:
    return int(percent[1]) * 100 + int(percent[2] or 0) * 10


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
    if total is not None and quantity == 1 and single is None:
        return TypedPrice(each=total)
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
            case AmbiguousMoney(candidates=(short, full)) if (
                short >= PRICE_PLAUSIBLE_MIN and full == short * PRICE_PLAUSIBLE_MIN
            ):
                return short  # "@47.5"
        raise


def _customer(written: Written) -> str | None:
    if not written.customers:
        return None
    first, *others = (one_line(name, CUSTOMER_CHARACTERS_MAX) for name in written.customers)
    for other in others:
        if other != first:
            raise Refusal(SeveralCustomers(first, other))
    return first


def _is_weekday_of_another(day: date, days: Sequence[date], today: date) -> bool:
    """Returns whether a day of this week only names the weekday of another: `Senin 16/11`."""
    recent = timedelta() <= today - day < timedelta(days=WEEK_DAYS)
    return recent and any(
        other not in {day, today} and other.weekday() == day.weekday() for other in days
    )


def _with_days_that_are_over(written: Written, today: date) -> Written:
    """Returns the parts with the date of `tgl 24 lunas` as the day of the sale, if it is over.

    One that is still to come, or that is said of a debt, is the day on which it is paid.
    """
    if written.deposit is not None or written.rest is not None:
        return written
    dates = {each: date_when_paid(each) for each in written.payments}
    if any(leaves_a_rest(each) for each, on in dates.items() if on is None):
        return written
    over = {each: on for each, on in dates.items() if on is not None and _is_over(on, today)}
    paid = tuple(each[len(over.get(each, "")) :].strip() for each in written.payments)
    return replace(written, payments=paid, days=(*written.days, *over.values()))


def _is_over(words: str, today: date) -> bool:
    """Returns whether a date, `tgl 24` or `tgl 12/11`, is past in this month or by its month."""
    of_month = _DAY_OF_MONTH.fullmatch(words)
    if of_month is not None:
        return int(of_month[1]) <= today.day
    due = read_due(words, today)
    return due.day is None or due.day == today


def _is_to_come(promised: PromisedDay, today: date) -> bool:
    """Returns whether the day is to come; a date that is over is the sale's, unless promised.

    `blm bayar, tgl 20` was sold on the 20th if that is over, `blm, janji tgl 20` is paid then.
    """
    due = read_due(promised.words, today)
    if due.day is None or due.day == today:
        return due.is_vague
    dated = any(sign.isdigit() for sign in promised.words)
    if promised.is_certain or not dated:
        return True
    try:
        return some_day(promised.words, today) > today
    except Refusal:
        return True


def _day(said: Sequence[str], today: date) -> tuple[date | None, bool]:
    """Returns the day of the line, and whether words for a day could not be read."""
    days: list[date] = []
    unread = dated = False
    for words in said:
        try:
            day = some_day(words, today)
            days.append(day)
            dated |= words[-1].isdigit() and day != today
        except Refusal:
            unread = True
    if not days:
        return None, unread
    days = [day for day in days if not _is_weekday_of_another(day, days, today)]
    before = [day for day in days if day != today] or days  # "baru lapor sekarang, kemarin ..."
    named = [day for day in before if day != today - timedelta(days=1)] or before
    first, *others = named  # "tgl 21 kemarin" is the 21st
    for other in others:
        if other != first:
            raise Refusal(SeveralDays(first, other))
    return first, unread and not dated  # "awal bulan kemarin tgl 2"
