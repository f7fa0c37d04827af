"""Plans the import of a list of members: computes from a snapshot all that it will write.

The import itself then has nothing to look up or add up, and can be written in parts.
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
from bot.store.imports.roster import Comparison, Entry, MemberIndex
from bot.store.members import staging
from bot.store.members.staging import Counts, Newcomer
from bot.store.team import sizes

__all__ = ["ImportPlan", "make_plan"]

NOON = time(12)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

RosterKey: TypeAlias = int | str
"""A registered member by id, a member of the list by number."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All that an import will write.

    Attributes:
        found: what changes.
        last: the last import that was done before.
        rows: the new members, each after the sponsor.
        grown: what they add to the counters of registered members.
        ending: what only the last commit writes.
        sponsors: of each new member, and of all registered members above them.
        months: in which the new members joined.
    """

    found: Comparison
    last: int
    rows: Sequence[Newcomer] = ()
    grown: Sequence[Grown] = ()
    ending: Ending = field(default_factory=lambda: Ending(0))
    sponsors: Mapping[RosterKey, RosterKey | None] = field(default_factory=dict)
    months: Mapping[RosterKey, str] = field(default_factory=dict)

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
    """Returns what the import of the list will write; nothing where anything clashes.

    Args:
        conn: a snapshot of the database.
        entries: the list, in any order.
        time_zone: of the company.
        seed: a random text, from which the codes of the new members are made.
        now: the current moment.
        listed: numbers of further lines of the list, which are faulty.
    """
    members = MemberIndex(conn, time_zone)
    found = roster.compare_with(members, entries, listed)
    last = staging.last_done(conn)
    if found.clashes or not (found.added or found.changed):
        return ImportPlan(found, last)
    sponsors: dict[RosterKey, RosterKey | None] = {
        entry.number: _sponsor(members, entry) for entry in found.added
    }
    order = list(_in_order(sponsors))
    assert len(order) == len(found.added), "the reader of the list refuses circles"
    links = [(key, above) for key, above in sponsors.items() if isinstance(above, int)]
    sponsors |= _line(members, [above for _, above in links])
    months: dict[RosterKey, str] = {
        entry.number: period_of(date.fromisoformat(entry.joined), time_zone)
        for entry in found.added
    }
    grown = [
        Grown(key, members.by_id[key].sponsor_id or 0, more.size, more.legs, team)
        for key, more, team in sizes.counted(sponsors, months)
        if isinstance(key, int)
    ]
    ending = _ending(members, found, grown, links, period_of(now, time_zone))
    by_number = {entry.number: entry for entry in found.added}
    in_order = [by_number[number] for number in order]
    rows = list(_rows(members, in_order, sponsors, seed, now))
    return ImportPlan(found, last, rows, grown, ending, sponsors, months)


def _ending(
    members: MemberIndex,
    found: Comparison,
    grown: Sequence[Grown],
    links: Sequence[tuple[RosterKey, int]],
    period: str,
) -> Ending:
    """Returns what only the last commit writes."""
    return Ending(
        period=period,
        openings=[
            (each.number, each.opening, each.points, each.title)
            for each in found.added
            if each.brings
        ],
        ranks=[(each.number, each.rank) for each in found.added if each.rank],
        total=len(found.added),
        grown=sum(1 + len(each.months) for each in grown),
        links=[(str(key), above) for key, above in links],
        phones=[(e.number, e.phone) for e in found.added if e.phone in members.by_phone],
        changes=[
            (id_, members.by_id[id_].name, members.by_id[id_].phone, entry.name, entry.phone)
            for id_, entry in found.changed.items()
        ],
    )


def _in_order(sponsors: Mapping[RosterKey, RosterKey | None]) -> Iterator[str]:
    """Yields the new members, each after the sponsor, otherwise in the order of their numbers.

    Neighbours in an index are written to the disk together.
    """
    below: dict[RosterKey, list[str]] = {}
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


def _sponsor(members: MemberIndex, entry: Entry) -> RosterKey | None:
    """Returns the sponsor of a new member, registered or else of the list."""
    if not entry.sponsor:
        return None
    member = members.sponsor(entry.sponsor)
    return entry.sponsor if member is None else member.id


def _line(members: MemberIndex, ids: Iterable[int]) -> dict[RosterKey, RosterKey | None]:
    """Returns these members and all members above them, each with the sponsor."""
    found: dict[RosterKey, RosterKey | None] = {}
    for start in ids:
        member_id: int | None = start
        while member_id is not None and member_id not in found:
            above = members.by_id[member_id].sponsor_id
            found[member_id] = above
            member_id = above
    return found


def _rows(
    members: MemberIndex,
    entries: Sequence[Entry],
    sponsors: Mapping[RosterKey, RosterKey | None],
    seed: str,
    now: datetime,
) -> Iterator[Newcomer]:
    # The order of random codes has no meaning, and sorted they are written faster.
    drawn = roster.codes(seed, set(members.by_code))
    codes = iter(sorted(islice(drawn, len(entries))))
    zone = ZoneInfo(members.time_zone)
    for entry in entries:
        above = sponsors[entry.number]
        # A phone that a registered member gives up in the same list is free in the last commit.
        waits = entry.phone in members.by_phone
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
    """Returns noon of the day on which a member joined."""
    day = date.fromisoformat(entry.joined)
    return datetime.combine(day, NOON, zone).astimezone(UTC)
