"""Lets the demo company have lived for a while: the same steps as in real life, only earlier."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.cli.demo.cast import ADMIN_ID, MEMBERS, TRAINER_ID, Person
from bot.cli.demo.goods import GOODS
from bot.company import Company
from bot.core.periods import period_of
from bot.core.products import Product
from bot.core.sales import Line, totals
from bot.services.selling import name_key
from bot.store import customers, members, people, price_list, products, roles, sales, teams

__all__ = ["is_seeded", "seed"]

SEED: Final = 2_026
WEEKS: Final = 7
INVOICELESS_IN_TEN: Final = 4
REJECTED_IN_HUNDRED: Final = 2
WAITING_DAYS: Final = 2
"""Sales of the last days still wait for the office, so that it has something to do."""

BUYERS: Final = (
    "Bu Ani", "Pak Hamid", "Bu Rosmini", "Kak Tika", "Bu Lina", "Pak Jufri", "Bu Marni",
    "Mbak Wati", "Bu Haji Saleha", "Pak RT Burhan", "Bu Guru Ida", "Kak Ayu", "Bu Tati",
    "Pak Gunawan", "Bu Yanti", "Warung Bu Nur", "Bu Endang", "Pak Made", "Bu Erna", "Kak Sinta",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at a moment: somebody joined, or sold something."""

    at: datetime
    place: int
    sale: int | None = None


def is_seeded(conn: Connection) -> bool:
    """Whether the company lives already."""
    return members.by_code(conn, MEMBERS[0].code) is not None


def seed(conn: Connection, company: Company, now: datetime) -> None:
    """Write down the past of the company, in the order in which it happened.

    Args:
        conn: empty books.
        company: its rules.
        now: when the past ends.
    """
    chance = random.Random(SEED)  # noqa: S311 - the same company each time is what is wanted
    begin = now - timedelta(days=max(person.age_days for person in MEMBERS) + 1)
    price_list.take_over(conn, GOODS, begin)
    people.meet(conn, ADMIN_ID, company.languages[0], begin)
    roles.grant(conn, ADMIN_ID, "admin", None, begin)
    past = sorted(_events(chance, now), key=lambda event: (event.at, event.place))
    shelf = products.catalogue(conn)
    ids: dict[int, int] = {}
    for event in past:
        person = MEMBERS[event.place]
        if event.sale is None:
            ids[event.place] = _join(conn, company, person, ids, event.at)
        else:
            _sell(conn, company, chance, shelf, ids[event.place], event, now)
    roles.grant(conn, TRAINER_ID, "trainer", ADMIN_ID, now - timedelta(days=100))
    for place, person in enumerate(MEMBERS):
        members.start_tips(conn, ids[place], _hour(company), _next_tip(company, person, now))


def _events(chance: random.Random, now: datetime) -> Iterator[Event]:
    for place, person in enumerate(MEMBERS):
        joined = _at(now, person, person.age_days, chance)
        yield Event(joined, place)
        weeks = min(WEEKS * 7, person.age_days - 1)
        for number in range(person.pace * weeks // 70):
            at = _at(now, person, chance.randint(0, weeks), chance)
            if joined < at < now:
                yield Event(at, place, number)


def _at(now: datetime, person: Person, days: int, chance: random.Random) -> datetime:
    """A moment of the waking hours so many days ago, on the person's own wall."""
    zone = ZoneInfo(person.province.zone)
    day = now.astimezone(zone).date() - timedelta(days=days)
    wall = time(chance.randint(8, 19), chance.randint(0, 59), chance.randint(0, 59))
    return datetime.combine(day, wall, zone).astimezone(UTC)


def _join(
    conn: Connection, company: Company, person: Person, ids: dict[int, int], at: datetime
) -> int:
    people.meet(conn, person.id, company.languages[0], at)
    people.address_as(conn, person.id, person.title)
    sponsor_id = None if person.sponsor is None else ids[person.sponsor]
    member_id = members.add(
        conn,
        consents=tuple((card.slug, str(card.version), at) for card in company.cards),
        reference=f"demo:join:{person.id}",
        user_id=person.id,
        code=person.code,
        sponsor_id=sponsor_id,
        name=person.name,
        title=person.title,
        phone=person.phone,
        phone_verified=True,
        province=person.province.slug,
        zone=person.province.zone,
        birth_year=person.birth_year,
        joined_at=at,
    )
    teams.joined(conn, member_id, sponsor_id, period_of(at, company.time_zone))
    return member_id


def _sell(
    conn: Connection,
    company: Company,
    chance: random.Random,
    shelf: Sequence[Product],
    seller_id: int,
    event: Event,
    now: datetime,
) -> None:
    lines = _lines(chance, shelf)
    invoice = chance.randint(1, 10) > INVOICELESS_IN_TEN
    buyer = BUYERS[(event.place * 3 + chance.randint(0, 5)) % len(BUYERS)]
    day = event.at.astimezone(ZoneInfo(MEMBERS[event.place].province.zone)).date()
    sale_id = sales.add(
        conn,
        lines,
        totals(lines),
        reference=f"demo:sale:{event.place}:{event.sale}",
        seller_id=seller_id,
        customer_id=customers.add(conn, seller_id, buyer, name_key(buyer), event.at),
        sold_on=day.isoformat(),
        period=period_of(day, company.time_zone),
        invoice=f"INV-{chance.randint(10_000, 99_999)}" if invoice else "",
        photo_id="",
        photo_key="",
        photo_kind="",
        logged_at=event.at,
    )
    if event.at < now - timedelta(days=WAITING_DAYS):
        verdict = "rejected" if chance.randint(1, 100) <= REJECTED_IN_HUNDRED else "approved"
        decided_at = min(event.at + timedelta(hours=chance.randint(2, 20)), now)
        sales.decide(conn, sale_id, "waiting", verdict, ADMIN_ID, decided_at)


def _lines(chance: random.Random, shelf: Sequence[Product]) -> tuple[Line, ...]:
    """One to three articles, mostly at the recommended price."""
    chosen = chance.sample(shelf, chance.choice((1, 1, 1, 2, 2, 3)))
    lines = []
    for product in chosen:
        quantity = chance.choice((1, 1, 2, 2, 3, 5))
        rebate = chance.choice((0, 0, 0, 1_000, 2_000))
        lines.append(Line(product, quantity, (product.retail_price - rebate) * quantity))
    return tuple(lines)


def _hour(company: Company) -> str:
    return f"{company.sending.tip_hour:%H:%M}"


def _next_tip(company: Company, person: Person, now: datetime) -> datetime:
    zone = ZoneInfo(person.province.zone)
    today = now.astimezone(zone).date()
    at = datetime.combine(today, company.sending.tip_hour, zone)
    if at <= now:
        at = datetime.combine(today + timedelta(days=1), company.sending.tip_hour, zone)
    return at.astimezone(UTC)
