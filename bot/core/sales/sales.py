"""The lines and totals of a sale, its receipt number, and the price that may be charged."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from bot.core.conversation.messages import Message, Refusal
from bot.core.plans.parts import parts
from bot.core.sales.products import Product

__all__ = [
    "LINES_MAX",
    "PriceOutside",
    "PriceStillOutside",
    "SaleLine",
    "TooManyItems",
    "Totals",
    "add_line",
    "checked_amount",
    "is_within",
    "joined",
    "likely_amounts",
    "price_limits",
    "receipt_id",
    "receipt_number",
    "split_total",
    "totals",
]

LINES_MAX = 20
TOTAL_MAX = 1_000_000_000
FIRST_RECEIPT = 1_000
RECEIPT_CHARACTERS_MAX = 64
USUAL_PERCENT = (75, 125)
"""Between these hundredths of the retail price most things are sold."""

_RECEIPT = re.compile(r"\s*+[sS]?\s*+-?\s*+([0-9]{4,15})\s*+")


@dataclass(frozen=True, slots=True)
class PriceOutside(Message):
    """A price per piece outside the company's limits; all in rupiah."""

    product: str
    each: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class PriceStillOutside(Message):
    """Another price per piece outside the limits, which the message before has named."""

    each: int


@dataclass(frozen=True, slots=True)
class TooManyItems(Message):
    """More items, or a higher total, than one receipt can have."""

    most: int


@dataclass(frozen=True, slots=True)
class SaleLine:
    """One product of a sale; `amount` is the rupiah charged for all pieces together."""

    product: Product
    quantity: int
    amount: int

    @property
    def each(self) -> int | None:
        """The price per piece, where the amount divides evenly."""
        each, rest = divmod(self.amount, self.quantity)
        return each if rest == 0 else None

    @property
    def goods(self) -> int:
        """The amount the member pays the company for the pieces."""
        return self.product.member_price * self.quantity


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of a sale: rupiah charged, rupiah for goods, points, bonus value in rupiah."""

    total: int
    goods: int
    points: int
    bonus_value: int

    @property
    def profit(self) -> int:
        """The seller's profit: price charged less member price."""
        return self.total - self.goods


def totals(lines: Sequence[SaleLine]) -> Totals:
    """Returns the sums over all lines."""
    return Totals(
        total=sum(line.amount for line in lines),
        goods=sum(line.goods for line in lines),
        points=sum(line.product.points * line.quantity for line in lines),
        bonus_value=sum(line.product.bonus_value * line.quantity for line in lines),
    )


def price_limits(product: Product, least_percent: int, most_percent: int) -> tuple[int, int]:
    """Returns the lowest price per piece in rupiah, rounded up, and the highest, rounded down."""
    least = -(-product.retail_price * least_percent // 100)
    return max(least, 1), product.retail_price * most_percent // 100


def is_within(line: SaleLine, least_percent: int, most_percent: int) -> bool:
    """Returns whether the price of the line is within the limits."""
    least, most = price_limits(line.product, least_percent, most_percent)
    return least * line.quantity <= line.amount <= most * line.quantity


def likely_amounts(
    product: Product, quantity: int, amounts: Collection[int], limits: tuple[int, int]
) -> list[int]:
    """Returns which amounts for all pieces may be meant, where words leave several possible.

    One near the retail price is meant, if the others are not; `2 sabun 90rb` at 50,000 each cost
    90,000 together. Otherwise all that the company allows may be.

    Args:
        product: what was sold.
        quantity: how many.
        amounts: for all pieces, in rupiah.
        limits: the least and the most that a piece may cost, in hundredths of its retail price.
    """

    def within(least: int, most: int) -> list[int]:
        return [x for x in amounts if is_within(SaleLine(product, quantity, x), least, most)]

    allowed, usual = within(*limits), within(*USUAL_PERCENT)
    return usual if len(usual) == 1 and usual[0] in allowed else allowed


def checked_amount(line: SaleLine, least_percent: int, most_percent: int) -> SaleLine:
    """Returns the line, if its price is within the limits.

    Raises:
        Refusal: PriceOutside.
    """
    if not is_within(line, least_percent, most_percent):
        least, most = price_limits(line.product, least_percent, most_percent)
        each = line.amount // line.quantity
        raise Refusal(PriceOutside(line.product.name, each, least, most))
    return line


def add_line(lines: Sequence[SaleLine], new: SaleLine) -> tuple[SaleLine, ...]:
    """Returns the lines with one more; the same product at the same price becomes one line.

    Raises:
        Refusal: TooManyItems.
    """
    known = list(lines)
    for place, line in enumerate(known):
        if line.product == new.product and line.each == new.each is not None:
            quantity, amount = line.quantity + new.quantity, line.amount + new.amount
            known[place] = replace(line, quantity=quantity, amount=amount)
            break
    else:
        known.append(new)
    if len(known) > LINES_MAX or totals(known).total > TOTAL_MAX:
        raise Refusal(TooManyItems(LINES_MAX))
    return tuple(known)


def joined(lines: Sequence[SaleLine]) -> tuple[SaleLine, ...]:
    """Returns the lines, with those of the same product at the same price merged.

    Raises:
        Refusal: TooManyItems.
    """
    together: tuple[SaleLine, ...] = ()
    for line in lines:
        together = add_line(together, line)
    return together


def split_total(lines: Sequence[SaleLine], total: int) -> tuple[SaleLine, ...]:
    """Returns the lines with a total divided in proportion to their amounts, to the last rupiah.

    Each line gets its share rounded down; the rupiah left over go one by one to the lines with the
    largest remainders, the earlier line first.
    """
    amounts = parts(total, [line.amount for line in lines])
    return tuple(replace(line, amount=amount) for line, amount in zip(lines, amounts, strict=True))


def receipt_number(sale_id: int) -> str:
    """Returns the number on the receipt, such as S-1023."""
    return f"S-{FIRST_RECEIPT + sale_id}"


def receipt_id(text: str) -> int | None:
    """Returns the id of the sale with a number as typed: `S-1023`, `s1023`, `1023`."""
    found = _RECEIPT.fullmatch(text) if len(text) <= RECEIPT_CHARACTERS_MAX else None
    if found is None:
        return None
    number = int(found[1]) - FIRST_RECEIPT
    return number if number > 0 else None
