"""Caps on the bonuses of one member, of a rank, and of all members together in a month.

Each member's own cap comes first, then the company's on what is left (Permendag 32/2008 named 40 %
of sales; whether that still holds is for a lawyer). The excess is taken from all credits in
proportion, to the rupiah.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.plans.month import Month
from bot.core.plans.parts import parts
from bot.core.plans.rates import share
from bot.core.plans.values import Credit, CutReason

__all__ = ["UNCAPPED", "Caps", "capped"]


@dataclass(frozen=True, slots=True)
class Caps:
    """The caps of a version.

    Attributes:
        member: rupiah a month for one member; None for no cap.
        ranks: by number of the rank, in place of `member`.
        company_bp: of the net rupiah sales of the month, in hundredths of a percent.
    """

    member: int | None = None
    ranks: tuple[tuple[int, int], ...] = ()
    company_bp: int | None = None


UNCAPPED = Caps()
"""No cap at all."""


def capped(caps: Caps, month: Month, credits_: list[Credit]) -> list[Credit]:
    """Returns the credits after the caps, in their order; those cut to 0 are left out."""
    found = credits_
    if caps.member is not None or caps.ranks:
        found = _per_member(caps, month, found)
    if caps.company_bp is not None:
        limit = share(max(sum(month.snapshot.sales), 0), caps.company_bp)
        if sum(credit.amount for credit in found) > limit:
            found = _down_to(limit, found, "company")
    return found


def _per_member(caps: Caps, month: Month, credits_: list[Credit]) -> list[Credit]:
    earned: dict[int, int] = defaultdict(int)
    for credit in credits_:
        earned[credit.member_id] += credit.amount
    limits = dict(caps.ranks)
    over: dict[int, tuple[int, CutReason]] = {}
    for place, member_id in enumerate(month.snapshot.ids):
        limit = limits.get(month.ranks[place], caps.member)
        if limit is not None and earned.get(member_id, 0) > limit:
            over[member_id] = (limit, "rank" if month.ranks[place] in limits else "member")
    if not over:
        return credits_
    places: dict[int, list[int]] = defaultdict(list)
    for place, credit in enumerate(credits_):
        if credit.member_id in over:
            places[credit.member_id].append(place)
    found: list[Credit | None] = list(credits_)
    for member_id, (limit, cut) in over.items():
        theirs = places[member_id]
        for place in theirs:
            found[place] = None
        kept = _down_to(limit, [credits_[place] for place in theirs], cut, keep=True)
        for place, credit in zip(theirs, kept, strict=True):
            found[place] = credit
    return [credit for credit in found if credit is not None and credit.amount]


def _down_to(
    limit: int, credits_: Sequence[Credit], cut: CutReason, *, keep: bool = False
) -> list[Credit]:
    """Returns the credits cut in proportion to the limit; those of 0 only with `keep`."""
    amounts = parts(limit, [credit.amount for credit in credits_])
    return [
        credit if amount == credit.amount else credit._replace(amount=amount, cut=cut)
        for credit, amount in zip(credits_, amounts, strict=True)
        if amount or keep
    ]
