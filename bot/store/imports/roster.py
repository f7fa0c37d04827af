"""Compares a company's list of members with the members who are registered.

Imported members have a sponsor, a team and a code, but no account until they claim their
membership: `user_id` is empty, and so are the facts that only they know.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Literal, NamedTuple

from sqlalchemy import Connection, text

from bot.core.calendar.hours import local_day
from bot.core.members.codes import ENTROPY_BITS, make_code, read_code
from bot.store.db.types import Instant
from bot.store.ledger import openings

__all__ = [
    "Clash",
    "Comparison",
    "Entry",
    "MemberIndex",
    "RegisteredMember",
    "codes",
    "compare_with",
]


class RegisteredMember(NamedTuple):  # not a dataclass, since there may be a million of them
    """A member in the database.

    Attributes:
        number: the company's own member number.
        phone: in the international form.
        user_id: the member's Telegram account; None for one who has not claimed the membership.
    """

    id: int
    number: str | None
    code: str
    name: str
    phone: str
    sponsor_id: int | None
    joined_at: datetime
    user_id: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the company's list.

    Attributes:
        line: its number in the file.
        number: the company's own member number.
        name: the full name.
        phone: in the international form.
        sponsor: a member number or a code; empty directly under the company.
        joined: the day, as YYYY-MM-DD.
        opening: rupiah that the company owes the member.
        points: accumulated points of the member's group.
        title: slug of the highest rank the member has reached; empty for none.
        rank: slug of the rank that the member holds from now on; empty for none.
    """

    line: int
    number: str
    name: str
    phone: str
    sponsor: str
    joined: str
    opening: int = 0
    points: int = 0
    title: str = ""
    rank: str = ""

    @property
    def brings(self) -> bool:
        """Returns whether the member brings anything along from before."""
        return bool(self.opening or self.points or self.title)


@dataclass(frozen=True, slots=True)
class Clash:
    """A contradiction between a line and the database.

    Attributes:
        line: of the list.
        what: the sponsor is unknown, the sponsor, the day or the opening balance differs from the
            database, or another member has the phone number.
        listed: what the line says.
        registered: what the database says; for a phone, the member who has it.
    """

    line: int
    what: Literal["unknown sponsor", "sponsor", "joined", "opening", "phone"]
    listed: str
    registered: str = ""


@dataclass(slots=True)
class Comparison:
    """What the import of a list would change.

    Attributes:
        added: members who are not registered.
        changed: registered members without an account whose name or phone differs, by id.
        same: the number of registered members who are exactly the same.
        kept: the number of those who have claimed their membership and manage their own name and
            phone.
        clashes: why the list cannot be imported.
    """

    added: list[Entry] = field(default_factory=list)
    changed: dict[int, Entry] = field(default_factory=dict)
    same: int = 0
    kept: int = 0
    clashes: list[Clash] = field(default_factory=list)

    @property
    def opening(self) -> int:
        """The rupiah that the added members bring along."""
        return sum(entry.opening for entry in self.added)


REGISTERED = text("""
    SELECT id, number, code, name, phone, sponsor_id, joined_at, user_id FROM members
    WHERE (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").columns(joined_at=Instant)


class MemberIndex:
    """All registered members, by everything that a line may name them with."""

    def __init__(self, conn: Connection, time_zone: str) -> None:
        self.time_zone = time_zone
        found = map(RegisteredMember._make, conn.execute(REGISTERED))
        self.by_id = {member.id: member for member in found}
        self.by_number = {row.number: row for row in self.by_id.values() if row.number}
        self.by_code = {row.code: row for row in self.by_id.values()}
        self.by_phone = {row.phone: row for row in self.by_id.values()}
        self.openings = openings.amounts(conn)

    def sponsor(self, named: str) -> RegisteredMember | None:
        """Returns the member with this number, or else with this code."""
        found = self.by_number.get(named)
        return found if found is not None else self.by_code.get(read_code(named) or "")

    def name_of(self, member_id: int | None) -> str:
        """Returns how a list names a member: by number, or by code; empty for the company."""
        member = self.by_id.get(member_id or 0)
        return "" if member is None else member.number or member.code


def compare_with(
    members: MemberIndex, entries: Sequence[Entry], listed: Collection[str] = ()
) -> Comparison:
    """Returns what the import of a list would change.

    Args:
        members: the registered members.
        entries: the list.
        listed: numbers of further lines of the list, which are faulty.
    """
    found = Comparison()
    numbers = {entry.number for entry in entries} | set(listed)
    for entry in entries:
        member = members.by_number.get(entry.number)
        sponsor = members.sponsor(entry.sponsor) if entry.sponsor else None
        if entry.sponsor and sponsor is None and entry.sponsor not in numbers:
            found.clashes.append(Clash(entry.line, "unknown sponsor", entry.sponsor))
        elif member is not None:
            _compare_places(members, found, entry, member, sponsor)
        if member is None:
            found.added.append(entry)
        elif (entry.name, entry.phone) == (member.name, member.phone):
            found.same += 1
        elif member.user_id is None:
            found.changed[member.id] = entry
        else:
            found.kept += 1
    _compare_phones(members, found)
    return found


def _compare_places(
    members: MemberIndex,
    found: Comparison,
    entry: Entry,
    member: RegisteredMember,
    sponsor: RegisteredMember | None,
) -> None:
    """Add a clash where the sponsor or the day of joining differs: an import changes neither."""
    if (sponsor.id if sponsor else None) != member.sponsor_id or (entry.sponsor and not sponsor):
        registered = members.name_of(member.sponsor_id)
        found.clashes.append(Clash(entry.line, "sponsor", entry.sponsor, registered))
    joined = local_day(member.joined_at, members.time_zone).isoformat()
    if entry.joined != joined:
        found.clashes.append(Clash(entry.line, "joined", entry.joined, joined))
    opening = members.openings.get(member.id, 0)
    if entry.opening and entry.opening != opening:
        clash = Clash(entry.line, "opening", str(entry.opening), str(opening))
        found.clashes.append(clash)


def _compare_phones(members: MemberIndex, found: Comparison) -> None:
    for entry in [*found.added, *found.changed.values()]:
        holder = members.by_phone.get(entry.phone)
        if holder is None or holder.number == entry.number:
            continue
        changed = found.changed.get(holder.id)
        if changed is None or changed.phone == entry.phone:
            registered = members.name_of(holder.id)
            found.clashes.append(Clash(entry.line, "phone", entry.phone, registered))


def codes(seed: str, taken: set[str]) -> Iterator[str]:
    """Yields codes that no member has; from some of them the others cannot be guessed.

    Args:
        seed: a secret; the same one yields the same codes.
        taken: the codes in use; each new one is added.
    """
    for place in count():
        drawn = int.from_bytes(sha256(f"{seed}:{place}".encode()).digest()[:8])
        code = make_code(drawn % (1 << ENTROPY_BITS))
        if code not in taken:
            taken.add(code)
            yield code
