"""How much a month may pay at most: to one member, and in all."""

from typing import Any, Final

from bot.company.plan_file.entries import AMOUNT_MAX, Around, percentage, rank_number, whole
from bot.company.reading import Place
from bot.core.plans.caps import UNCAPPED, Caps

__all__ = ["CAP_KEYS", "read_caps"]

CAP_KEYS: Final = ("member", "rank", "company")


def read_caps(around: Around, place: Place, raw: object) -> Caps:
    """The caps; none of them where the table is left out."""
    reading = around.reading
    if not isinstance(raw, dict):
        reading.fault(place, "must be a table: [version.caps] with member, rank or company")
        return UNCAPPED
    reading.unknown_keys(place, raw, CAP_KEYS)
    member = company_bp = None
    if "member" in raw:
        member = whole(reading, (*place, "member"), raw, 1, AMOUNT_MAX, AMOUNT_MAX)
    if "company" in raw:
        company_bp = percentage(reading, (*place, "company"), raw["company"])
        if company_bp == 0:
            words = "would pay nobody anything; leave the rules out instead"
            reading.fault((*place, "company"), words)
    return Caps(member, _by_rank(around, (*place, "rank"), raw), company_bp)


def _by_rank(around: Around, place: Place, caps: dict[str, Any]) -> tuple[tuple[int, int], ...]:
    """Rank and rupiah, from the lowest rank on."""
    raw = caps.get("rank", {})
    if not isinstance(raw, dict):
        example = "{ bronze = 1000000, silver = 3000000 }"
        around.reading.fault(place, f"must be a table within braces, such as {example}")
        return ()
    found = []
    for slug, value in raw.items():
        number = rank_number(around, place, slug)
        if type(value) is not int or not 1 <= value <= AMOUNT_MAX:
            words = f"gives {slug} {value!r}; write whole rupiah from 1 to {AMOUNT_MAX}"
            around.reading.fault(place, words)
        elif number:
            found.append((number, value))
    return tuple(sorted(found))
