"""Works out, from a snapshot, all that taking a list of members over will write.

So whoever writes has nothing to look up and nothing to add up, and can do it bit by bit.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from heapq import heapify, heappop, heappush
from itertools import islice
from typing import TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.core.calendar.periods import period_of
from bot.store.imports import roster
from bot.store.imports.arrival import Ending
from bot.store.imports.counter_growth import Grown
from bot.store.imports.roster import Books, Comparison, Entry
from bot.store.members import staging
from bot.store.members.staging import Counts, Newcomer
from bot.store.team import sizes

__all__ = ["ImportPlan", "make_plan"]

NOON = time(12)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Key: TypeAlias = int | str
"""A member who is in the books by id, a member of the list by number."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that will be written.

    Attributes:
        found: what changes.
        last: the last list that had been taken over.
        rows: the new members, each after the sponsor.
        grown: what they add to the counters of members in the books.
        ending: what only the last commit writes.
        sponsors: of each new member, and of everybody above in the books.
        months: in which the new members joined.
    """

    found: Comparison
    last: int
    rows: Sequence[Newcomer] = ()
    grown: Sequence[Grown] = ()
    ending: Ending = field(default_factory=lambda: Ending(0))
    sponsors: Mapping[Key, Key | None] = field(default_factory=dict)
    months: Mapping[Key, str] = field(default_factory=dict)

    def counts(self) -> Iterator[Counts]:
        """Returns the counters of the new members, each after the whole team."""
        for key, growth, months in sizes.counted(self.sponsors, self.months):
            if isinstance(key, str):
                yield Counts(key, growth.size, growth.legs, months)


def make_plan(
    conn: Connection,
    entries: Sequence[Entry],
    time_zone: str,
    *,
    seed: str,
    now: datetime,
    listed: Collection[str] = (),
) -> ImportPlan:
    """Returns what taking the list over will write; nothing of it where anything clashes.

    Args:
        conn: a snapshot of the books.
        entries: the list, in any order.
        time_zone: of the company.
        seed: chance, from which the codes of the new members are made.
        now: this moment.
        listed: numbers that stand in the list besides, on lines that have a fault of their own.
    """
    books = Books(conn, time_zone)
    found = roster.compare_with(books, entries, listed)
    last = staging.last_done(conn)
    if found.clashes or not (found.added or found.changed):
        return ImportPlan(found, last)
    sponsors: dict[Key, Key | None] = {
        entry.number: _sponsor(books, entry) for entry in found.added
    }
    order = list(_in_order(sponsors))
    assert len(order) == len(found.added), "a circle does not get this far"
    links = [(key, above) for key, above in sponsors.items() if isinstance(above, int)]
    sponsors |= _line(books, [above for _, above in links])
    months: dict[Key, str] = {
        entry.number: period_of(date.fromisoformat(entry.joined), time_zone)
        for entry in found.added
    }
    grown = [
        Grown(key, books.by_id[key].sponsor_id or 0, more.size, more.legs, team)
        for key, more, team in sizes.counted(sponsors, months)
        if isinstance(key, int)
    ]
    ending = _ending(books, found, grown, links)
    by_number = {entry.number: entry for entry in found.added}
    in_order = [by_number[number] for number in order]
    rows = list(_rows(books, in_order, sponsors, seed, now))
    return ImportPlan(found, last, rows, grown, ending, sponsors, months)


def _ending(
    books: Books,
    found: Comparison,
    grown: Sequence[Grown],
    links: Sequence[tuple[Key, int]],
) -> Ending:
    """What only the last commit writes."""
    return Ending(
        total=len(found.added),
        grown=sum(1 + len(each.months) for each in grown),
        links=[(str(key), above) for key, above in links],
        phones=[(e.number, e.phone) for e in found.added if e.phone in books.by_phone],
        changes=[
            (id_, books.by_id[id_].name, books.by_id[id_].phone, entry.name, entry.phone)
            for id_, entry in found.changed.items()
        ],
    )


def _in_order(sponsors: Mapping[Key, Key | None]) -> Iterator[str]:
    """The new members, each after the sponsor, and as far as that goes in the order of numbers.

    What follows each other in an index is written to the disk together.
    """
    below: dict[Key, list[str]] = {}
    ready: list[str] = []
    for number, sponsor in sponsors.items():
        assert isinstance(number, str), "only the list is ordered"
        if isinstance(sponsor, str):
            below.setdefault(sponsor, []).append(number)
        else:
            ready.append(number)
    heapify(ready)
    while ready:
        number = heappop(ready)
        yield number
        for each in below.get(number, ()):
            heappush(ready, each)


def _sponsor(books: Books, entry: Entry) -> Key | None:
    """Who sponsors a new member, in the books or else in the list."""
    if not entry.sponsor:
        return None
    member = books.sponsor(entry.sponsor)
    return entry.sponsor if member is None else int(member.id)


def _line(books: Books, ids: Iterable[int]) -> dict[Key, Key | None]:
    """These members and everybody above them, with their sponsors."""
    found: dict[Key, Key | None] = {}
    for start in ids:
        member_id: int | None = start
        while member_id is not None and member_id not in found:
            above: int | None = books.by_id[member_id].sponsor_id
            found[member_id] = above
            member_id = above
    return found


def _rows(
    books: Books,
    entries: Sequence[Entry],
    sponsors: Mapping[Key, Key | None],
    seed: str,
    now: datetime,
) -> Iterator[Newcomer]:
    # Of random codes the order tells nothing, and in order they are written faster.
    drawn = roster.codes(seed, set(books.by_code))
    codes = iter(sorted(islice(drawn, len(entries))))
    zone = ZoneInfo(books.time_zone)
    for entry in entries:
        above = sponsors[entry.number]
        # A number that somebody in the books gives up in the same list is free in the last commit.
        waits = entry.phone in books.by_phone
        joined = min(_noon_of(entry, zone), now) - EPOCH
        yield Newcomer(
            number=entry.number,
            code=next(codes),
            sponsor=above if isinstance(above, str) else "",
            name=entry.name,
            phone=f"awaited:{entry.number}" if waits else entry.phone,
            joined_at=(joined.days * 86_400 + joined.seconds) * 1_000_000 + joined.microseconds,
        )


def _noon_of(entry: Entry, zone: ZoneInfo) -> datetime:
    """Returns the middle of the day on which a member joined."""
    day = date.fromisoformat(entry.joined)
    return datetime.combine(day, NOON, zone).astimezone(UTC)
