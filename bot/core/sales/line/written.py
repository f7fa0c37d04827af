"""The parts of a line about a sale as they were written; amounts are still text."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.sales.line.scanning.tokens import TokenKind

__all__ = ["Written", "WrittenItem"]

AGAIN_A_PRICE_MIN = 20
"""From here on the number of goods that were counted before is their price in thousands."""


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """One product as it was written; the amounts are still text.

    A quantity that is text could not be read. `goods` are those words of the query that are in
    names of products. `listed` says that a comma, "dan" or a new line separates it from what
    comes before; `beside`, that its number stands right behind other goods.
    """

    query: str = ""
    quantity: int | str | None = None
    bare: str | None = None
    each: str | None = None
    total: str | None = None
    goods: tuple[str, ...] = ()
    counted_first: bool = False
    priced_first: bool = False
    listed: bool = False
    beside: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether its quantity is said."""
        return self.quantity is not None

    @property
    def is_priced(self) -> bool:
        """Whether it has any amount."""
        return any(amount is not None for amount in (self.bare, self.each, self.total))

    @property
    def is_complete(self) -> bool:
        """Whether a further word begins another product: after `2 sabun` it need not."""
        counted = self.quantity is not None and not self.counted_first
        return bool(self.query) and (counted or (self.is_priced and not self.priced_first))

    @property
    def is_early(self) -> bool:
        """Whether the price of all was said before the goods: `total 200: sabun 2, sampo 2`."""
        return self.priced_first and self.total is not None

    def as_words(self) -> "WrittenItem":
        """Returns a number without a product as the words of an unknown product."""
        amounts = (self.quantity, self.bare, self.each, self.total)
        words = " ".join(str(amount) for amount in amounts if amount is not None)
        return WrittenItem(words, beside=self.beside)

    def is_of(self, other: "WrittenItem") -> bool:
        """Returns whether this names goods that another one names, perhaps in more words."""
        return bool(self.goods) and set(self.goods) <= set(other.goods)

    def priced(self, amount: str, marker: TokenKind | None) -> "WrittenItem":
        """Returns the product with an amount, which came after `@`, after `total`, or neither."""
        first = not self.query
        match marker:
            case TokenKind.EACH:
                return replace(self, each=amount, priced_first=first)
            case TokenKind.TOTAL:
                return replace(self, total=amount, priced_first=first)
            case _:
                return replace(self, bare=amount, priced_first=first)

    def marked(self, marker: TokenKind) -> "WrittenItem":
        """Returns the product with its open amount as the price of each, or of all."""
        amount = self.total if self.bare is None and marker is TokenKind.EACH else self.bare
        if amount is None:
            return self  # "jadi 75 sebotol" is for each
        return replace(self, bare=None, total=None).priced(amount, marker)


@dataclass(frozen=True, slots=True)
class PromisedDay:
    """Words for a day on which the rest may be paid; without a promise it may be the sale's."""

    words: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Written:
    """A whole line, split into its parts."""

    items: tuple[WrittenItem, ...]
    customers: tuple[str, ...]
    days: tuple[str, ...]
    own_use: bool
    total: str | None
    payments: tuple[str, ...] = ()
    deposit: str | None = None
    discount: str | None = None
    promised: tuple[PromisedDay, ...] = ()
    handed_over: str | None = None
    rest: str | None = None
    share: str | None = None
    change: str | None = None


def with_prices_said_later(items: Sequence[WrittenItem]) -> tuple[WrittenItem, ...]:
    """Returns the items with the price of one named again: `kopi 2, teh 3, kopinya 75rb`."""
    first: list[WrittenItem] = []
    for said in items:
        before = [at for at, one in enumerate(first) if said.is_of(one)]
        before = [at for at in before if said.goods == first[at].goods] or before
        item = said
        if len(before) == 1 and first[before[0]].is_counted:
            known = first[before[0]]
            item = _with_price_in_thousands(said, known)
            if item.is_priced and not item.is_counted and not known.is_priced:
                first[before[0]] = replace(known, bare=item.bare, each=item.each, total=item.total)
                continue
        first.append(item)
    return tuple(first)


def _with_price_in_thousands(again: WrittenItem, known: WrittenItem) -> WrittenItem:
    """Returns goods named again with their number as a price: `sabun 2, kopi 1. Sabunnya 50`."""
    number, counted = again.quantity, known.quantity
    if not isinstance(number, int) or not isinstance(counted, int) or again.is_priced:
        return again
    plain = not again.counted_first and counted < AGAIN_A_PRICE_MIN <= number
    return replace(again, quantity=None, bare=str(number)) if plain else again
