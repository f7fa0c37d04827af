"""Takes the members over that the company had before the bot.

They have their place, their team and a code from then on, but no account until they claim the
place: `user_id` is empty, and what only they can tell stays empty too.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import time
from hashlib import sha256
from itertools import count
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, Row, text

from bot.core.calendar.hours import local_day
from bot.core.members.codes import ENTROPY_BITS, make_code, read_code
from bot.store.db.types import Instant

__all__ = [
    "Books",
    "Clash",
    "Comparison",
    "Entry",
    "codes",
    "compare_with",
]

Member: TypeAlias = Row[tuple[Any, ...]]
NOON = time(12)
BATCH_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the company's list.

    Attributes:
        line: where it stands.
        number: the company's own member number.
        name: the whole name.
        phone: in the international form.
        sponsor: a member number or a code; empty right under the company.
        joined: the day, as YYYY-MM-DD.
    """

    line: int
    number: str
    name: str
    phone: str
    sponsor: str
    joined: str


@dataclass(frozen=True, slots=True)
class Clash:
    """Where a line and the books do not go together.

    Attributes:
        line: of the list.
        what: the sponsor is unknown or another one in the books, the day is another one there, or
            another member has the phone number.
        listed: what the line says.
        booked: what the books say; for a phone, whose it is.
    """

    line: int
    what: Literal["unknown sponsor", "sponsor", "joined", "phone"]
    listed: str
    booked: str = ""


@dataclass(slots=True)
class Comparison:
    """What taking a list over would change.

    Attributes:
        added: members that are not there.
        changed: members there without an account whose name or phone is another one, by id.
        same: how many are there just so.
        kept: how many have claimed their place and look after name and phone themselves.
        clashes: why nothing can be taken over.
    """

    added: list[Entry] = field(default_factory=list)
    changed: dict[int, Entry] = field(default_factory=dict)
    same: int = 0
    kept: int = 0
    clashes: list[Clash] = field(default_factory=list)


BOOKED = text("""
    SELECT id, number, code, name, phone, sponsor_id, joined_at, user_id FROM members
    WHERE (import_id IS NULL OR import_id IN (SELECT id FROM imports WHERE state = 'done'))
""").columns(joined_at=Instant)


class Books:
    """Everybody who is there, by all that a line may name them with."""

    def __init__(self, conn: Connection, time_zone: str) -> None:
        self.time_zone = time_zone
        self.by_id: dict[int, Member] = {row.id: row for row in conn.execute(BOOKED)}
        self.by_number = {row.number: row for row in self.by_id.values() if row.number}
        self.by_code = {row.code: row for row in self.by_id.values()}
        self.by_phone = {row.phone: row for row in self.by_id.values()}

    def sponsor(self, named: str) -> Member | None:
        """Whoever has this number, or else this code."""
        found = self.by_number.get(named)
        return found if found is not None else self.by_code.get(read_code(named) or "")

    def name_of(self, member_id: int | None) -> str:
        """How the list would name a member: by number, or by code; empty for the company."""
        member = self.by_id.get(member_id or 0)
        return "" if member is None else str(member.number or member.code)


def compare_with(
    books: Books, entries: Sequence[Entry], listed: Collection[str] = ()
) -> Comparison:
    """What taking the list over into books that were read already would change."""
    found = Comparison()
    numbers = {entry.number for entry in entries} | set(listed)
    for entry in entries:
        member = books.by_number.get(entry.number)
        sponsor = books.sponsor(entry.sponsor) if entry.sponsor else None
        if entry.sponsor and sponsor is None and entry.sponsor not in numbers:
            found.clashes.append(Clash(entry.line, "unknown sponsor", entry.sponsor))
        elif member is not None:
            _compare_places(books, found, entry, member, sponsor)
        if member is None:
            found.added.append(entry)
        elif (entry.name, entry.phone) == (member.name, member.phone):
            found.same += 1
        elif member.user_id is None:
            found.changed[member.id] = entry
        else:
            found.kept += 1
    _compare_phones(books, found)
    return found


def _compare_places(
    books: Books, found: Comparison, entry: Entry, member: Member, sponsor: Member | None
) -> None:
    """A place in a team, and the day from which it is held, are not moved by a list."""
    if (sponsor.id if sponsor else None) != member.sponsor_id or (entry.sponsor and not sponsor):
        booked = books.name_of(member.sponsor_id)
        found.clashes.append(Clash(entry.line, "sponsor", entry.sponsor, booked))
    joined = local_day(member.joined_at, books.time_zone).isoformat()
    if entry.joined != joined:
        found.clashes.append(Clash(entry.line, "joined", entry.joined, joined))


def _compare_phones(books: Books, found: Comparison) -> None:
    for entry in [*found.added, *found.changed.values()]:
        holder = books.by_phone.get(entry.phone)
        if holder is None or holder.number == entry.number:
            continue
        mended = found.changed.get(holder.id)
        if mended is None or mended.phone == entry.phone:
            booked = books.name_of(holder.id)
            found.clashes.append(Clash(entry.line, "phone", entry.phone, booked))


def codes(seed: str, taken: set[str]) -> Iterator[str]:
    """Codes that nobody has; whoever knows some of them cannot tell the others."""
    for place in count():
        drawn = int.from_bytes(sha256(f"{seed}:{place}".encode()).digest()[:8])
        code = make_code(drawn % (1 << ENTROPY_BITS))
        if code not in taken:
            taken.add(code)
            yield code
