"""Keys of a plan file that stand in another place than the one they belong to."""

from typing import Final

from bot.company.plan_file.ranks import RANK_KEYS
from bot.company.plan_file.rules import RULE_KEYS
from bot.company.reading import FileReading, KeyPath, Table
from bot.core.file_faults import Said

__all__ = ["VERSION_KEYS", "without_misplaced"]

VERSION_KEYS: Final = (
    "since", "qualify_by", "point_value", "breakaway", "ranks_kept", "ranks_dropped", "caps",
    "rank", "rule",
)  # fmt: skip

TABLES: Final = {"rule": "[[version.rule]]", "rank": "[[version.rank]]", "caps": "[version.caps]"}
OF_RULES: Final = frozenset(key for keys in RULE_KEYS.values() for key in keys)


def without_misplaced(reading: FileReading, place: KeyPath, table: Table) -> Table:
    """Returns a table without keys that belong elsewhere; each of them is a fault.

    Args:
        reading: collects the faults.
        place: of a version; empty for the whole file.
        table: with its keys.
    """
    known = VERSION_KEYS if place else ("version",)
    kept = {}
    for key, value in table.items():
        where = None if key in known else _belongs(key, in_version=bool(place))
        if where is not None:
            reading.fault_of((*place, key), where)
        else:
            kept[key] = value
    return kept


def _belongs(key: str, *, in_version: bool) -> Said | None:
    """Returns where a key belongs; None for one that is known nowhere."""
    if key in TABLES and not in_version:
        return Said.of("begins in version", header=TABLES[key])
    if key in VERSION_KEYS:
        return Said("in version")
    if key in OF_RULES:
        return Said("in rule")
    if key in RANK_KEYS:
        return Said("in rank")
    return None
