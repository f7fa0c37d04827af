"""The parts of a line about a sale as they were written; amounts are still text."""

from dataclasses import dataclass, replace

from bot.core.sales.buyers import shown_name
from bot.core.sales.tokens import TokenKind

__all__ = ["Written", "WrittenItem"]


@dataclass(frozen=True, slots=True)
class WrittenItem:
    """One product as it was written; the amounts are still text.

    A quantity that is text could not be read. `listed` says that a comma, "dan" or a new line
    separates it from what comes before.
    """

    query: str = ""
    quantity: int | str | None = None
    bare: str | None = None
    each: str | None = None
    total: str | None = None
    counted_first: bool = False
    listed: bool = False

    @property
    def is_priced(self) -> bool:
        """Whether it has any amount."""
        return any(amount is not None for amount in (self.bare, self.each, self.total))

    @property
    def is_complete(self) -> bool:
        """Whether a further word begins another product: after `2 sabun` it need not."""
        counted = self.quantity is not None and not self.counted_first
        return bool(self.query) and (counted or self.is_priced)

    def as_words(self) -> "WrittenItem":
        """Returns a number without a product as the words of an unknown product."""
        amounts = (self.quantity, self.bare, self.each, self.total)
        return WrittenItem(" ".join(str(amount) for amount in amounts if amount is not None))

    def priced(self, amount: str, marker: TokenKind | None) -> "WrittenItem":
        """Returns the product with an amount, which came after `@`, after `total`, or neither."""
        match marker:
            case TokenKind.EACH:
                return replace(self, each=amount)
            case TokenKind.TOTAL:
                return replace(self, total=amount)
            case _:
                return replace(self, bare=amount)


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

    def with_last_as_customer(self) -> "Written":
        """Returns the line with its last words read as a name."""
        *items, last = self.items
        return replace(self, items=tuple(items), customers=(shown_name(last.query),))
