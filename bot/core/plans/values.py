"""Values that every rule of a plan takes and returns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, get_args

from bot.core.plans.rates import share

__all__ = [
    "COMPANY",
    "CUTS",
    "NOBODY",
    "Credit",
    "CutReason",
    "Names",
    "PoolBase",
    "PoolPart",
    "QualifyBy",
    "SharedBy",
    "Snapshot",
]

NOBODY = -1
"""The place of a sponsor who does not exist or is outside the snapshot."""

RETURNED_AT: Final = 12
"""The place in a row of what came back; the part that customers had bought follows."""

COMPANY: Final = 0
"""The source of a credit that comes from all sales of the company in a month; no member's id."""

Names = tuple[tuple[str, str], ...]
"""Names that members read, by language."""


CutReason = Literal["member", "rank", "company", "guarantee"]
"""Why a credit is below the rate of its base: a cap, or a guarantee for an upline leader."""

CUTS: Final[tuple[CutReason, ...]] = get_args(CutReason)


PoolBase = Literal["bonus-value", "sales"]
"""What the rate of a pool is taken of: bonus value, or net sales at the price charged."""

QualifyBy = Literal["sold", "bought"]
"""What a member's own points are: those of sales to customers, or of own use as well."""

SharedBy = Literal["equally", "own-points", "group-points"]
"""How a pool is divided: the same for each, or by points of the month."""


@dataclass(frozen=True, slots=True)
class PoolPart:
    """A member's part of a pool: `weight` of `weights`.

    Attributes:
        of: what the rate of the pool is taken of.
        by: what a weight is.
        weight: 1 where the pool is shared equally, else the member's points.
        weights: those of all who share it.
    """

    of: PoolBase
    by: SharedBy
    weight: int
    weights: int


class Credit(NamedTuple):
    """A bonus of one member from the sales of another, or of the whole company, in a month.

    A tuple and not a dataclass: a month of a large company has millions of them.

    Attributes:
        member_id: who is paid.
        rule: the slug of the rule that pays.
        source_id: whose sales it comes from; `COMPANY` for all sales of the month.
        level: how far the source is below the member, as the rule counts; 0 for the member or the
            company.
        base: bonus value of the source's approved sales in rupiah, above zero; in a
            pool the base of the pool.
        rate_bp: in hundredths of a percent.
        amount: rupiah, above zero.
        cut: why it is below the rate of the base; empty where it is not.
        part: which part of the base times the rate is the member's; None for all of it.
    """

    member_id: int
    rule: str
    source_id: int
    level: int
    base: int
    rate_bp: int
    amount: int
    cut: Literal[CutReason, ""] = ""
    part: PoolPart | None = None

    @property
    def whole(self) -> int:
        """Rupiah before any cap."""
        found = share(self.base, self.rate_bp)
        return found if self.part is None else found * self.part.weight // self.part.weights


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A month's sales in columns: the same place in each column belongs to the same member.

    Attributes:
        ids: of the members.
        sponsors: place of each member's sponsor; `NOBODY` where there is none in the snapshot.
        active: whether the membership is active.
        points: of the member's own approved sales.
        bonus: bonus value of these sales, in the unit of the price list.
        customers: number of different customers who bought.
        sales: rupiah of these sales, at the price charged.
        accumulated: points of the group in all the months before.
        titles: the highest rank reached before, as its number in the version; 0 for none.
        sold: the part of `points` that customers bought; the rest is for the member's own use.
        fixed: rupiah of bonus value that is not in `bonus`, of sales that keep another unit.
        given: the rank that the company has given by hand, as its number; 0 for none.
        returned: points of closed months that came back, which only ranks subtract; empty where
            nothing did.
        returned_sold: the part of `returned` that customers had bought.
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
    sold: Sequence[int]
    fixed: Sequence[int]
    given: Sequence[int]
    returned: Sequence[int] = ()
    returned_sold: Sequence[int] = ()

    @classmethod
    def of(cls, rows: Iterable[Sequence[int | None]]) -> "Snapshot":
        """Returns the columns of rows whose fields are in the order of the attributes.

        The sponsor is given by id. Fields missing at the end of a row are 0.
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
            sold=column(9),
            fixed=column(10),
            given=column(11),
            returned=column(12) if given > RETURNED_AT else (),
            returned_sold=column(13) if given > RETURNED_AT else (),
        )
