"""Follows the names of ranks from version to version, so that no member loses a rank unasked.

Titles and given ranks are stored by the slug of their day. A later version may call a rank
otherwise (`was`) or drop it on purpose (`ranks_dropped`). What it does not say stays open, and no
month is closed before it is answered.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from bot.company.reading import FileReading, KeyPath, Table
from bot.core.file_faults import Said
from bot.core.plans.ranks import Rank
from bot.core.plans.versions import Version

__all__ = ["RankNames", "open_questions"]

Followed: TypeAlias = tuple[tuple[tuple[str, str], ...], tuple[str, ...]]
"""Earlier names, each with the slug of today; and the ranks without an answer."""


class RankNames:
    """All names that ranks have had, with the name of each in the last version that was read."""

    def __init__(self) -> None:
        self._now: dict[str, str] = {}
        """By the name of any time; a rank that was dropped on purpose is left out."""

    def followed(
        self, reading: FileReading, place: KeyPath, raw: Table, ranks: Sequence[Rank]
    ) -> Followed:
        """Returns what became of earlier ranks in the next version, and notes its own."""
        slugs = [rank.slug for rank in ranks if rank.slug]
        gone = {name: None for name in self._now.values() if name not in slugs}
        renamed = dict(_renamed(reading, (*place, "rank"), raw.get("rank", []), slugs, [*gone]))
        dropped = _dropped(reading, (*place, "ranks_dropped"), raw, slugs, [*gone])
        for number, slug in enumerate(slugs):
            if self._now.get(slug, slug) != slug:
                at = (*place, "rank", number, "slug")
                reading.fault(at, "earlier name", rank=self._now[slug])
        self._now = {
            old: renamed.get(name, name) for old, name in self._now.items() if name not in dropped
        }
        self._now |= {slug: slug for slug in slugs}
        former = tuple(
            (old, name) for old, name in self._now.items() if old != name and name in slugs
        )
        return former, tuple(name for name in gone if name not in renamed and name not in dropped)


def _renamed(
    reading: FileReading, place: KeyPath, raw: object, slugs: Sequence[str], gone: list[str]
) -> Iterator[tuple[str, str]]:
    """Yields the earlier name and the slug of each rank that says what it was."""
    seen: set[str] = set()
    for number, table in enumerate(raw if isinstance(raw, list) else []):
        if not isinstance(table, dict) or "was" not in table:
            continue
        at, was, slug = (*place, number, "was"), table["was"], table.get("slug")
        if was in slugs:
            reading.fault(at, "rank itself", name=was)
        elif was not in gone:
            reading.fault(at, "no former rank", name=repr(was), known=_listed(gone))
        elif was in seen:
            reading.fault(at, "former rank twice", name=was)
        elif isinstance(slug, str):
            seen.add(was)
            yield was, slug


def _dropped(
    reading: FileReading, place: KeyPath, raw: Table, slugs: Sequence[str], gone: list[str]
) -> list[str]:
    """Returns the ranks that are dropped on purpose."""
    given = raw.get("ranks_dropped", [])
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        reading.fault(place, "list of slugs")
        return []
    for name in given:
        if name in slugs:
            reading.fault(place, "rank itself", name=name)
        elif name not in gone:
            named = f'"{name}"'
            reading.fault(place, "no former rank", name=named, known=_listed(gone))
    return given


def _listed(names: Sequence[str]) -> str | Said:
    return ", ".join(names) or Said("none")


def open_questions(*versions: Version) -> list[Said]:
    """Returns what has to be answered before a month is closed under one of these versions."""
    asked = {slug: each.since for each in reversed(versions) for slug in each.unanswered}
    return [
        Said.of("rank unanswered", since=since, slug=slug) for slug, since in sorted(asked.items())
    ]
