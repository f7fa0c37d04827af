"""The pieces of a sale that came back, and their part of its figures.

Parts add up: whatever comes back of a line one by one comes to the same rupiah as all of it at
once, so the last piece takes what rounding has left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

__all__ = ["BackFigures", "LinePieces", "SoldPieces", "figures_of"]


NONE_DAMAGED: Final[Mapping[int, int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SoldPieces:
    """A line of an approved sale, and what stands of its returns that wait or are confirmed.

    Attributes:
        amount: rupiah charged for all pieces.
        member_price: rupiah for one piece.
        points: of one piece.
        bonus_value: of one piece, in the unit of the price list.
        taken: pieces that came back.
        taken_amount: rupiah of these pieces.
    """

    line_id: int
    product_id: int
    name: str
    quantity: int
    amount: int
    member_price: int
    points: int
    bonus_value: int
    taken: int = 0
    taken_amount: int = 0

    @property
    def left(self) -> int:
        """Pieces that may still come back."""
        return self.quantity - self.taken

    def part(self, pieces: int) -> int:
        """Returns the rupiah of the next pieces, rounded down over all pieces so far."""
        assert 0 < pieces <= self.left, "no more comes back than was sold"
        so_far = self.amount * (self.taken + pieces) // self.quantity
        return max(so_far - self.taken_amount, 0)


@dataclass(frozen=True, slots=True)
class LinePieces:
    """So many pieces of a line, their rupiah, and how many of them cannot be sold again."""

    line_id: int
    quantity: int
    amount: int
    damaged: int = 0


@dataclass(frozen=True, slots=True)
class BackFigures:
    """What a return takes back: rupiah charged, rupiah of goods, points, bonus value."""

    lines: tuple[LinePieces, ...]
    amount: int
    goods: int
    points: int
    bonus_value: int

    @property
    def saleable(self) -> bool:
        """Whether every piece can be sold again."""
        return not any(line.damaged for line in self.lines)

    @property
    def profit(self) -> int:
        """The seller's profit that goes with it, in rupiah."""
        return self.amount - self.goods


def figures_of(
    sold: Sequence[SoldPieces],
    pieces: Iterable[tuple[int, int]],
    damaged: Mapping[int, int] = NONE_DAMAGED,
) -> BackFigures:
    """Returns the figures of pieces that come back.

    Args:
        sold: the lines of the sale.
        pieces: the id of a line with a number of pieces, each line once.
        damaged: how many of them cannot be sold again, by line; it moves no figure.
    """
    by_id = {line.line_id: line for line in sold}
    chosen = [(by_id[line_id], number) for line_id, number in pieces]
    lines = tuple(
        LinePieces(line.line_id, number, line.part(number), damaged.get(line.line_id, 0))
        for line, number in chosen
    )
    return BackFigures(
        lines=lines,
        amount=sum(line.amount for line in lines),
        goods=sum(line.member_price * number for line, number in chosen),
        points=sum(line.points * number for line, number in chosen),
        bonus_value=sum(line.bonus_value * number for line, number in chosen),
    )
