"""Takes the members over that the company had before the bot.

They have their place, their team and a code from then on, but no account until they claim the
place: `user_id` is empty, and what only they can tell stays empty too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from hashlib import sha256
from itertools import count, islice
from typing import Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, TextClause, bindparam, text

from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import period_of
from bot.core.members.codes import ENTROPY_BITS, make_code, read_code
from bot.core.members.lineage import trace
from bot.store.db import audit_log
from bot.store.db.types import Instant
from bot.store.members import name_words
from bot.store.team import sizes

__all__ = [
    "Books",
    "Clash",
    "Comparison",
    "Entry",
    "codes",
    "compare",
    "compare_with",
    "take_over",
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

# The sponsor may have been entered by the row before this one.
ENTER = text("""
    INSERT INTO members (reference, code, sponsor_id, name, title, phone, phone_verified, province,
                         zone, birth_year, joined_at, number)
    VALUES (:reference, :code,
            COALESCE(CAST(:sponsor_id AS BIGINT),
                     (SELECT id FROM members WHERE number = CAST(:sponsor AS TEXT))),
            :name, '', :phone, 0, '', :zone, 0, :joined_at, :number)
""").bindparams(bindparam("joined_at", type_=Instant))

# Two members may have had each other's number in the list, and no two may ever have the same.
FREE_PHONE = text("""
    UPDATE members SET phone = 'mended:' || CAST(id AS TEXT) WHERE id = :id AND user_id IS NULL
""")

MEND = text("""
    UPDATE members SET name = :name, phone = :phone WHERE id = :id AND user_id IS NULL
""")

NUMBERED = text("SELECT id, number FROM members WHERE number IS NOT NULL")


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


def compare(
    conn: Connection, entries: Sequence[Entry], time_zone: str, listed: Collection[str] = ()
) -> Comparison:
    """What taking the list over would change.

    Args:
        conn: the books.
        entries: the list.
        time_zone: of the company, by whose clock somebody joined on one day or the next.
        listed: numbers that stand in the list besides, on lines that have a fault of their own.
    """
    return compare_with(Books(conn, time_zone), entries, listed)


def take_over(
    conn: Connection, entries: Sequence[Entry], time_zone: str, *, seed: str, now: datetime
) -> Comparison:
    """Enter who is not there and mend who is; where anything clashes, nothing at all is done.

    All in one unit, for books that nobody else uses; else see `roster_plan`.

    Args:
        conn: the transaction that does all of it.
        entries: the list, in any order.
        time_zone: of the company.
        seed: chance, from which the codes of the new members are made.
        now: this moment.
    """
    books = Books(conn, time_zone)
    found = compare_with(books, entries)
    if found.clashes or not (found.added or found.changed):
        return found
    _mend(conn, found.changed)
    _enter(conn, books, found.added, seed, now)
    done = f"added {len(found.added)}, changed {len(found.changed)}"
    audit_log.note(conn, None, "import members", done, now)
    return found


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


def _mend(conn: Connection, changed: Mapping[int, Entry]) -> None:
    _in_batches(conn, FREE_PHONE, ({"id": member_id} for member_id in changed))
    rows = (
        {"id": member_id, "name": entry.name, "phone": entry.phone}
        for member_id, entry in changed.items()
    )
    _in_batches(conn, MEND, rows)
    _keep_words(conn, ((member_id, entry.name) for member_id, entry in changed.items()))


def _enter(
    conn: Connection, books: Books, added: Sequence[Entry], seed: str, now: datetime
) -> None:
    """Enter new members, sponsors first, with all that is counted and looked up by."""
    zone = ZoneInfo(books.time_zone)
    by_number = {entry.number: entry for entry in added}
    order = trace({entry.number: entry.sponsor for entry in added}).parents_first
    assert len(order) == len(added), "a circle does not get this far"
    drawn = codes(seed, set(books.by_code))

    def row(number: str) -> dict[str, object]:
        entry = by_number[number]
        sponsor = books.sponsor(entry.sponsor)
        noon = datetime.combine(date.fromisoformat(entry.joined), NOON, zone).astimezone(UTC)
        return {
            "reference": f"import:{number}",
            "code": next(drawn),
            "sponsor_id": sponsor.id if sponsor is not None else None,
            "sponsor": entry.sponsor,
            "name": entry.name,
            "phone": entry.phone,
            "zone": books.time_zone,
            "joined_at": min(noon, now),
            "number": number,
        }

    _in_batches(conn, ENTER, map(row, order))
    ids = {each.number: each.id for each in conn.execute(NUMBERED)}
    _keep_words(conn, ((ids[entry.number], entry.name) for entry in added))
    months = {
        ids[entry.number]: period_of(date.fromisoformat(entry.joined), books.time_zone)
        for entry in added
    }
    sizes.joined_together(conn, months)


def _keep_words(conn: Connection, names: Iterable[tuple[int, str]]) -> None:
    left = iter(names)
    while batch := dict(islice(left, BATCH_ROWS)):
        name_words.write(conn, batch)


def codes(seed: str, taken: set[str]) -> Iterator[str]:
    """Codes that nobody has; whoever knows some of them cannot tell the others."""
    for place in count():
        drawn = int.from_bytes(sha256(f"{seed}:{place}".encode()).digest()[:8])
        code = make_code(drawn % (1 << ENTROPY_BITS))
        if code not in taken:
            taken.add(code)
            yield code


def _in_batches(
    conn: Connection, statement: TextClause, rows: Iterable[Mapping[str, object]]
) -> None:
    left = iter(rows)
    while batch := list(islice(left, BATCH_ROWS)):
        conn.execute(statement, batch)
