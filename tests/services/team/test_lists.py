"""In every list of a team the marks mean the same, and a count is the number of its lines.

Teams are drawn by chance, with members who are suspended, have left or sell; each list is paged
through to its end as a person would, and its words are read back from what was sent.
"""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, text

from bot.core.members.codes import make_code
from bot.store.ledger import volumes
from bot.store.members import members, people
from bot.store.team import sizes
from tests.services.harness import Harness, buttons, open_harness
from tests.services.team.line import settle

HEAD = 1
SYLLABLES = ("sari", "rina", "made", "tuti", "wati", "eka")
LINE = re.compile(r"^([✓–]) ([A-Z][a-z]+ M\d+)\b", re.MULTILINE)
FIGURE = re.compile(r"<b>(?:Sedikitnya )?(\d+) orang")
PAGES_MAX = 40


@dataclass
class Company:
    """A drawn company, and what is known of it without the bot."""

    harness: Harness
    sponsors: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    sold: set[int] = field(default_factory=set)
    away: set[int] = field(default_factory=set)
    fresh: set[int] = field(default_factory=set)
    silent: set[int] = field(default_factory=set)

    def depth(self, member: int) -> int:
        count = 0
        while member != HEAD:
            member, count = self.sponsors[member], count + 1
        return count


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Harness]:
    harness, database = await open_harness(f"sqlite+aiosqlite:///{tmp_path}/books.db")
    yield harness
    await database.close()


async def drawn(harness: Harness, chance: Random, size: int) -> Company:
    """Returns a company whose head is member 1, with that many members below."""
    company = Company(harness)

    def unit(conn: Connection) -> None:
        for number in range(1, size + 2):
            sponsor = None if number == HEAD else chance.randint(max(1, number // 3), number - 1)
            if sponsor is not None and chance.random() < 0.5:
                sponsor = HEAD
            fresh = number != HEAD and chance.random() < 0.4
            name = f"{chance.choice(SYLLABLES).title()} M{number}"
            _join(conn, company, number, sponsor, name, fresh=fresh)
            if number != HEAD and chance.random() < 0.4:
                _sell(conn, company, number)
            elif number != HEAD and not fresh:
                company.silent.add(number)
            if number != HEAD and chance.random() < 0.25:
                conn.execute(AWAY, {"id": number})
                company.away.add(number)

    await harness.runtime.database.write(unit)
    return company


AWAY = text("UPDATE members SET active = 0 WHERE id = :id")
SALE = text("""
    INSERT INTO sales (reference, seller_id, sold_on, period, total, goods, points, bonus_value,
                       invoice, photo_id, status, logged_at)
    VALUES ('s' || :id, :id, '2026-11-15', '2026-11', 1, 1, 1, 1, '', '', 'approved', 1)
""")


def _join(
    conn: Connection, company: Company, number: int, sponsor: int | None, name: str, *, fresh: bool
) -> None:
    at = company.harness.at.replace(month=11 if fresh else 6, day=10)
    people.meet(conn, number, "id", at)
    found = members.add(
        conn,
        consents=(),
        reference=f"m{number}",
        user_id=number,
        code=make_code(number),
        sponsor_id=sponsor,
        name=name,
        title="Ibu",
        phone=f"+62812{number:08d}",
        phone_verified=True,
        province="bali",
        zone="Asia/Makassar",
        birth_year=1980,
        joined_at=at,
    )
    assert found == number
    sizes.joined(conn, number, sponsor, "2026-11" if fresh else "2026-06")
    company.names[number] = name
    if sponsor is not None:
        company.sponsors[number] = sponsor
    if fresh:
        company.fresh.add(number)


def _sell(conn: Connection, company: Company, number: int) -> None:
    conn.execute(SALE, {"id": number})
    volumes.add_sale(
        conn,
        number,
        "2026-11",
        sales=1,
        points=1,
        profit=0,
        bonus=0,
        to_customer=True,
        point_value=0,
        sign=1,
    )
    company.sold.add(number)


async def listed(company: Company, line: str) -> tuple[list[tuple[str, str]], list[int], str]:
    """Returns mark and name of each line of all pages, the figure on each page, and the first."""
    harness, first = company.harness, ""
    found: list[tuple[str, str]] = []
    figures: list[int] = []
    await harness.say(HEAD, line)
    for _ in range(PAGES_MAX):
        await settle(harness)
        _, payload = (await harness.read(HEAD))[-1]
        first = first or payload["text"]
        found += LINE.findall(payload["text"])
        figures += map(int, FIGURE.findall(payload["text"]))
        labels = [button["text"] for button in buttons(payload)]
        if "Berikutnya »" not in labels:
            return found, figures, first
        await harness.tap(HEAD, "Berikutnya »")
    raise AssertionError(f"{line} has no last page")


def marked(company: Company, wanted: set[int]) -> list[tuple[str, str]]:
    """Returns the lines that a list of these members has, in no order."""
    return sorted(("✓" if each in company.sold else "–", company.names[each]) for each in wanted)


@pytest.mark.parametrize("seed", range(12))
async def test_each_list_has_the_lines_it_counts_with_the_same_marks(
    opened: Harness, seed: int
) -> None:
    chance = Random(seed)
    company = await drawn(opened, chance, chance.choice((1, 5, 6, 7, 12, 13, 30)))
    team = set(company.sponsors)
    legs = {each for each in team if company.sponsors[each] == HEAD}
    wanted = {
        "/tim baru": company.fresh - company.away,
        "/tim diam": company.silent - company.away,
    }
    for line, people_of_it in wanted.items():
        found, figures, _ = await listed(company, line)
        assert sorted(found) == marked(company, people_of_it)
        assert set(figures) <= {len(people_of_it)}
        assert bool(figures) == bool(people_of_it)
    for order in ("", " urut poin", " urut besar", " urut terbaru", " urut nama"):
        found, figures, first = await listed(company, f"/tim{order}")
        assert sorted(found) == marked(company, legs)
        assert set(figures) == {len(team)}, "who has left keeps the place in the team"
        active = len(company.sold & team)
        assert (f", {active} aktif" in first) == (active > 0)
    for name in SYLLABLES:
        named = {each for each in team if company.names[each].casefold().startswith(name)}
        if len(named) > 1:
            found, _, _ = await listed(company, f"/tim cari {name}")
            assert sorted(found) == marked(company, named)
            direct = [text in {company.names[each] for each in legs} for _, text in found]
            assert direct == sorted(direct, reverse=True), "those right below come first"


async def test_a_line_and_a_count_that_differ_would_be_found(opened: Harness) -> None:
    company = await drawn(opened, Random(3), 13)
    found, figures, _ = await listed(company, "/tim diam")
    assert len(found) == figures[0] > 0
    assert {mark for mark, _ in found} == {"–"}
