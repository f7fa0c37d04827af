"""What a customer buys most, in which quantity, and at which price."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["BoughtLine", "UsualOrder", "usual_order"]


@dataclass(frozen=True, slots=True)
class BoughtLine:
    """A line of a sale to one customer.

    Attributes:
        sale_id: the sale; a later one has a higher number.
        product_id: the article.
        name: of the article.
        quantity: pieces that were sold.
        kept: those of them that did not come back.
        amount: rupiah for all that were sold.
    """

    sale_id: int
    product_id: int
    name: str
    quantity: int
    kept: int
    amount: int


@dataclass(frozen=True, slots=True)
class UsualOrder:
    """The article that a customer takes most often.

    Attributes:
        name: of the article.
        quantity: the most frequent one of a sale; of several the latest.
        each: rupiah for a piece in the last sale, rounded down.
        times: in how many sales.
    """

    name: str
    quantity: int
    each: int
    times: int


def usual_order(lines: Iterable[BoughtLine]) -> UsualOrder | None:
    """Returns what the customer takes most often; of two articles the one taken last.

    None for a customer who kept nothing.
    """
    pieces: dict[int, dict[int, int]] = {}
    newest: dict[int, BoughtLine] = {}
    for line in sorted(lines, key=lambda each: each.sale_id, reverse=True):
        if line.kept > 0:
            newest.setdefault(line.product_id, line)
            of_sale = pieces.setdefault(line.product_id, {})
            of_sale[line.sale_id] = of_sale.get(line.sale_id, 0) + line.kept
    if not pieces:
        return None
    most = max(pieces, key=lambda product: (len(pieces[product]), newest[product].sale_id))
    counts = Counter(pieces[most].values())
    # A dictionary keeps its order, so of two quantities the one of the later sale comes first.
    quantity = counts.most_common(1)[0][0]
    last = newest[most]
    return UsualOrder(last.name, quantity, last.amount // last.quantity, len(pieces[most]))
