"""Reads the caps of a plan: the most that a month may pay to one member, and in all."""

from typing import Final

from bot.company.plan_file.entries import (
    AMOUNT_MAX,
    VersionContext,
    percentage,
    rank_number,
    whole,
)
from bot.company.reading import KeyPath, Table
from bot.core.plans.caps import UNCAPPED, Caps

__all__ = ["CAP_KEYS", "read_caps"]

CAP_KEYS: Final = ("member", "rank", "company")


def read_caps(context: VersionContext, place: KeyPath, raw: object) -> Caps:
    """Returns the caps; without the table there is no cap."""
    reading = context.reading
    if not isinstance(raw, dict):
        reading.fault(place, "caps table")
        return UNCAPPED
    reading.unknown_keys(place, raw, CAP_KEYS)
    member = company_bp = None
    if "member" in raw:
        member = whole(reading, (*place, "member"), raw, 1, AMOUNT_MAX, AMOUNT_MAX)
    if "company" in raw:
        company_bp = percentage(reading, (*place, "company"), raw["company"])
        if company_bp == 0:
            reading.fault((*place, "company"), "no bonus at all")
    return Caps(member, _by_rank(context, (*place, "rank"), raw), company_bp)


def _by_rank(context: VersionContext, place: KeyPath, caps: Table) -> tuple[tuple[int, int], ...]:
    """Returns the number and the cap in rupiah of each rank that has one, lowest rank first."""
    raw = caps.get("rank", {})
    if not isinstance(raw, dict):
        context.reading.fault(place, "caps by rank")
        return ()
    found = []
    for slug, value in raw.items():
        number = rank_number(context, place, slug)
        if type(value) is not int or not 1 <= value <= AMOUNT_MAX:
            facts = {"slug": slug, "value": repr(value), "most": AMOUNT_MAX}
            context.reading.fault(place, "cap of rank", **facts)
        elif number:
            found.append((number, value))
    return tuple(sorted(found))
