"""What every rule of a plan takes and gives."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

__all__ = ["CUTS", "NOBODY", "Credit", "Cut", "Names", "Snapshot"]

NOBODY = -1
"""The place of a sponsor who does not exist, or is not looked at."""

Names = tuple[tuple[str, str], ...]
"""What members read, by language."""


Cut = Literal["member", "rank", "company", "guarantee"]
"""Why a credit is less than the rate of its base: a cap, or what goes to an upline leader."""

CUTS: Final[tuple[Cut, ...]] = get_args(Cut)


class Credit(NamedTuple):
    """A bonus of one member from the sales of another in a month.

    A tuple and not a dataclass: a month of a large company has millions of them.

    Attributes:
        member_id: who is paid.
        rule: the slug of the rule that pays.
        source_id: whose sales it comes from.
        level: where the source stands below the member, as the rule counts; 0 is the member.
        base: bonus value of the source's approved sales in rupiah, above zero.
        rate_bp: in hundredths of a percent.
        amount: rupiah, above zero.
        cut: why it is less than the rate of the base; empty where it is not less.
    """

    member_id: int
    rule: str
    source_id: int
    level: int
    base: int
    rate_bp: int
    amount: int
    cut: Literal[Cut, ""] = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A month as a plan sees it, in columns: the same place in each belongs to the same member.

    Attributes:
        ids: of the members.
        sponsors: place of each one's sponsor; -1 where there is none or it is not looked at.
        active: whether the membership is in force.
        points: of the own approved sales.
        bonus: bonus value of the own approved sales, in the unit of the price list.
        customers: how many different customers bought.
        sales: of the own approved sales in rupiah, at the price charged.
        accumulated: points of the group in all the months before.
        titles: the highest rank reached before, as its number in the version; 0 for none.
    """

    ids: Sequence[int]
    sponsors: Sequence[int]
    active: Sequence[bool]
    points: Sequence[int]
    bonus: Sequence[int]
    customers: Sequence[int]
    sales: Sequence[int]
    accumulated: Sequence[int]
    titles: Sequence[int]

    @classmethod
    def of(cls, rows: Iterable[Sequence[int | None]]) -> "Snapshot":
        """The columns of rows, in the order of the attributes with the sponsor's id.

        What a row leaves out at its end is 0.
        """
        taken = sorted(rows, key=lambda row: row[0] or 0)
        places = {row[0]: place for place, row in enumerate(taken)}
        given = len(taken[0]) if taken else 0

        def column(number: int) -> list[int]:
            return [row[number] or 0 for row in taken] if number < given else [0] * len(taken)

        return cls(
            ids=column(0),
            sponsors=[NOBODY if row[1] is None else places.get(row[1], NOBODY) for row in taken],
            active=[bool(row[2]) for row in taken],
            points=column(3),
            bonus=column(4),
            customers=column(5),
            sales=column(6),
            accumulated=column(7),
            titles=column(8),
        )
