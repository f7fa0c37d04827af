"""Writes the past of the demo company, with the same steps as in real life."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.cli.demo.cast import ADMIN_ID, COLLEAGUE_ID, MEMBERS, SARI_ID, TRAINER_ID, CastMember
from bot.cli.demo.goods import DEMO_PRODUCTS
from bot.cli.demo.notebook import write_notebook
from bot.cli.demo.past_sales import PastSale, add_past_sales
from bot.cli.demo.pictures import picture_of
from bot.company import Company
from bot.core.calendar.hours import local_day
from bot.core.calendar.periods import next_period, period_bounds, period_of, previous_period
from bot.core.messaging.broadcasts import Audience
from bot.core.plans import work_out
from bot.store.bonus import closing, ranks
from bot.store.broadcasts import broadcasts
from bot.store.ledger import snapshots
from bot.store.members import members, people, roles
from bot.store.products import price_list, products
from bot.store.queue import attachments, month_announcements
from bot.store.team import sizes

__all__ = ["is_seeded", "seed_demo", "write_to_all"]

SEED: Final = 2_026
LESSON: Final = """<b>Pelajaran minggu ini: tanya dulu</b>

{sapaan} {nama}, sebelum menawarkan, tanyakan satu hal: apa yang sedang dicari?
Dengarkan sampai selesai, baru ceritakan satu produk yang cocok.

Tugas hari ini: coba ke satu pelanggan lama."""

LATELY: Final = timedelta(hours=20)
LATE_SALE: Final = 9_999
"""The number of a sale of hers that always waits for the office."""

CLOSED_MONTHS: Final = 2
CLOSED_AFTER: Final = timedelta(hours=30)
"""The office closes a month on the morning of the second."""


@dataclass(frozen=True, slots=True)
class Event:
    """A member joined, or sold something if there is a sale number."""

    at: datetime
    place: int
    sale: int | None = None


def is_seeded(conn: Connection) -> bool:
    """Returns whether the company has been written already."""
    return members.by_code(conn, MEMBERS[0].code) is not None


def seed_demo(
    conn: Connection, company: Company, now: datetime, cast: Sequence[CastMember] = MEMBERS
) -> None:
    """Write the past of the company in the order in which it happened.

    It has three months of sales, of which the first two are closed if the company has a plan.

    Args:
        conn: a connection to an empty database.
        company: its rules.
        now: the end of the past.
        cast: the members, sponsors before the members below them.
    """
    chance = random.Random(SEED)  # noqa: S311 - the same company each time is what is wanted
    begin = now - timedelta(days=max(person.age_days for person in cast) + 1)
    price_list.apply_list(conn, DEMO_PRODUCTS, begin)
    for user_id in (ADMIN_ID, COLLEAGUE_ID):
        people.meet(conn, user_id, company.languages[0], begin)
        roles.grant(conn, user_id, "admin", None, begin)
    first = period_of(now, company.time_zone)
    for _ in range(CLOSED_MONTHS):
        first = previous_period(first)
    past = sorted(
        _events(cast, chance, now, period_bounds(first, company.time_zone)[0]),
        key=lambda event: (event.at, event.place),
    )
    shelf = products.catalogue(conn)
    ids: dict[int, int] = {}
    served: dict[tuple[int, str], datetime] = {}
    period = first
    for event in past:
        while event.at > period_bounds(period, company.time_zone)[1] + CLOSED_AFTER:
            period = _close(conn, company, period)
        person = cast[event.place]
        if event.sale is None:
            ids[event.place] = _join(conn, company, person, ids, event.at)
        else:
            sold = PastSale(event.at, event.place, event.sale, ids[event.place])
            add_past_sales(conn, company, chance, shelf, sold, served, now)
    roles.grant(conn, TRAINER_ID, "trainer", ADMIN_ID, now - timedelta(days=100))
    for place, person in enumerate(cast):
        members.start_tips(conn, ids[place], _hour(company), _next_tip(company, person, now))
        if person.id == SARI_ID:
            write_notebook(conn, ids[place], person.province.zone, now)
    _draw(conn)


def write_to_all(conn: Connection, now: datetime) -> None:
    """Start a broadcast of the trainer to all members."""
    broadcasts.add(
        conn,
        reference="demo:lesson",
        author_id=TRAINER_ID,
        body=LESSON,
        file_id="",
        file_kind="",
        audience=Audience("all"),
        starts_at=now,
        at=now,
    )


def _events(
    cast: Sequence[CastMember], chance: random.Random, now: datetime, first: datetime
) -> Iterator[Event]:
    for place, person in enumerate(cast):
        joined = _at(now, person, person.age_days, chance)
        yield Event(joined, place)
        days = min((now - first).days, person.age_days - 1)
        for number in range(person.pace * days // 70):
            at = _at(now, person, chance.randint(0, days), chance)
            if max(joined, first) < at < now:
                yield Event(at, place, number)
        if person.id == SARI_ID:
            yield Event(now - LATELY, place, LATE_SALE)


def _at(now: datetime, person: CastMember, days: int, chance: random.Random) -> datetime:
    """Returns a moment by day that many days ago, in the person's time zone."""
    zone = ZoneInfo(person.province.zone)
    day = now.astimezone(zone).date() - timedelta(days=days)
    wall = time(chance.randint(8, 19), chance.randint(0, 59), chance.randint(0, 59))
    return datetime.combine(day, wall, zone).astimezone(UTC)


def _join(
    conn: Connection, company: Company, person: CastMember, ids: dict[int, int], at: datetime
) -> int:
    people.meet(conn, person.id, company.languages[0], at)
    people.set_title(conn, person.id, person.title)
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
    sizes.joined(conn, member_id, sponsor_id, period_of(at, company.time_zone))
    return member_id


def _close(conn: Connection, company: Company, period: str) -> str:
    """Close a month as the office does; returns the next one."""
    end = period_bounds(period, company.time_zone)[1]
    version = company.plan.version_for(period)
    if version is not None:
        at = end + CLOSED_AFTER
        closing.begin(
            conn,
            period,
            plan=version.since,
            digest=version.digest,
            ready_on=_ready_on(company, end),
            at=at,
            point_value=version.point_value,
        )
        month = snapshots.of_company(conn, period, version)
        outcome = work_out(version, month)
        closing.add_credits(conn, period, outcome.credits)
        closing.add_ranks(conn, period, ranks.held_after(version, month, outcome))
        closing.post_bonuses(conn, period, closing.payees_of(conn, period), at)
        expected = closing.sums(conn, period)
        fault = closing.finish(conn, period, expected, at, cut=outcome.cut)
        assert fault is None, fault
        month_announcements.finish(conn, period, at)
    return next_period(period)


def _ready_on(company: Company, end: datetime) -> date:
    day = local_day(end, company.time_zone)
    return day + timedelta(days=company.policy.customer_window_days)


def _draw(conn: Connection) -> None:
    """Add a picture to each product."""
    for product in DEMO_PRODUCTS:
        digest = attachments.keep(conn, f"{product.sku.lower()}.png", picture_of(product))
        products.show(conn, product.sku, digest)


def _hour(company: Company) -> str:
    return f"{company.sending.tip_hour:%H:%M}"


def _next_tip(company: Company, person: CastMember, now: datetime) -> datetime:
    zone = ZoneInfo(person.province.zone)
    today = now.astimezone(zone).date()
    at = datetime.combine(today, company.sending.tip_hour, zone)
    if at <= now:
        at = datetime.combine(today + timedelta(days=1), company.sending.tip_hour, zone)
    return at.astimezone(UTC)
