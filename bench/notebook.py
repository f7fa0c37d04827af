"""Fills the books of one seller with many customers, sales, payments and details.

The customers are those of the made-up mixed seller of `bench.forecast`, so that some come again at
a pace of their own, some came once, and some have left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from random import Random
from typing import Any, Final

from sqlalchemy import Connection, func, select

from bench.forecast.sellers import SELLERS, company
from bench.shelf import customers
from bot.core.customers.purchases import Purchase
from bot.store.db.schema import metadata

__all__ = ["Book", "Size", "fill_book"]

TABLES: Final = metadata.tables
SEED: Final = 1
STATUSES: Final = {"approved": 96, "waiting": 2, "void": 1, "rejected": 1}
OWED: Final = 0.3
PAID_LATER: Final = 0.7
WITH_DETAILS: Final = 0.6
WISHES: Final = 0.05
ON_LISTS: Final = 0.15
MEANS: Final = ("cash", "transfer", "qris")
REASONS: Final = ("after_days", "after_weeks", "reorder", "debt", "birthday", "wish", "silent")
STATES: Final = ("shown", "sent", "done", "later", "never")
DUE_DAYS: Final = (7, 14, 30)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Size:
    """How many customers and sales a seller has."""

    customers: int
    sales: int


@dataclass(frozen=True, slots=True)
class Book:
    """A seller whose notebook was filled.

    Attributes:
        member_id: the seller.
        today: the last day that something was sold.
        customer_ids: of those who bought, those of the latest sales first.
        sale_ids: the latest first.
        names: that a seller might look for, some misspelled.
    """

    member_id: int
    today: date
    customer_ids: Sequence[int]
    sale_ids: Sequence[int]
    names: Sequence[str]


def fill_book(conn: Connection, member_id: int, size: Size, today: date) -> Book:
    """Enter customers and sales of a member; counters of months and postings stay as they are.

    Args:
        conn: a database with members and at least one product.
        member_id: a seller, whose own books may have something already.
        size: how much is entered.
        today: the day of the latest sale.

    Raises:
        ValueError: so many sales are not to be had from so few customers.
    """
    chance = Random(f"{SEED} {member_id}")
    noon = datetime.combine(today, time(5), UTC)
    known, sought = customers(3 * size.customers, chance)
    people = list({each.key: each.name for each in known}.items())[: size.customers]
    ids = _ids(conn, "customers", size.customers)
    conn.execute(
        TABLES["customers"].insert(),
        [
            {"id": key, "member_id": member_id, "name": name, "name_key": name_key,
             "created_at": noon}
            for key, (name_key, name) in zip(ids, people, strict=True)
        ],
    )  # fmt: skip
    baskets = _baskets(size, ids, today, chance)
    sale_ids = _ids(conn, "sales", len(baskets))
    sales, lines = _sold(conn, member_id, list(zip(sale_ids, baskets, strict=True)), chance)
    conn.execute(TABLES["sales"].insert(), sales)
    conn.execute(TABLES["sale_lines"].insert(), lines)
    _note_money(conn, sales, chance)
    _note_people(conn, member_id, ids, today, chance)
    latest = [basket[0].customer_id for basket in reversed(baskets)]
    return Book(member_id, today, list(dict.fromkeys(latest)), sale_ids[::-1], sought)


def _ids(conn: Connection, table: str, count: int) -> range:
    """Returns as many unused ids, one after the other."""
    last = conn.execute(select(func.coalesce(func.max(TABLES[table].c.id), 0))).scalar_one()
    return range(last + 1, last + 1 + count)


def _baskets(
    size: Size, ids: Sequence[int], today: date, chance: Random
) -> list[tuple[Purchase, ...]]:
    """Returns what was bought together: the latest of the made-up seller, up to today."""
    (mixed,) = (each for each in SELLERS if each.name == "mixed")
    made = company(mixed, SEED, size.customers)
    renamed = dict(zip(made.kinds, chance.sample(ids, len(ids)), strict=True))
    later = today - made.purchases[-1].day
    moved = (
        Purchase(renamed[each.customer_id], each.product_id, each.quantity, each.day + later)
        for each in made.purchases
    )
    baskets = [
        tuple(together) for _, together in groupby(moved, key=lambda x: (x.day, x.customer_id))
    ]
    if len(baskets) < size.sales:
        raise ValueError(f"{size.customers} customers come {len(baskets)} times")
    return baskets[-size.sales :]


def _sold(
    conn: Connection,
    member_id: int,
    baskets: Sequence[tuple[int, tuple[Purchase, ...]]],
    chance: Random,
) -> tuple[list[Row], list[Row]]:
    """Returns the rows of sales and of their lines."""
    goods = conn.execute(select(TABLES["products"])).all()
    sales: list[Row] = []
    lines: list[Row] = []
    for sale_id, basket in baskets:
        first = len(lines)
        for each in basket:
            product = goods[each.product_id % len(goods)]
            lines.append(
                {"sale_id": sale_id, "product_id": product.id, "quantity": each.quantity,
                 "amount": each.quantity * product.retail_price,
                 "member_price": product.member_price,
                 "points": each.quantity * product.points,
                 "bonus_value": each.quantity * product.bonus_value}
            )  # fmt: skip
        mine, day = lines[first:], basket[0].day
        at = datetime.combine(day, time(4), UTC)
        (status,) = chance.choices(list(STATUSES), list(STATUSES.values()))
        sales.append(
            {"id": sale_id, "reference": f"book:{sale_id}", "seller_id": member_id,
             "customer_id": basket[0].customer_id, "sold_on": f"{day}", "period": f"{day:%Y-%m}",
             "status": status, "total": sum(x["amount"] for x in mine),
             "goods": sum(x["quantity"] * x["member_price"] for x in mine),
             "points": sum(x["points"] for x in mine),
             "bonus_value": sum(x["bonus_value"] for x in mine), "logged_at": at,
             "decided_at": None if status == "waiting" else at}
        )  # fmt: skip
    return sales, lines


def _note_money(conn: Connection, sales: Sequence[Row], chance: Random) -> None:
    """Note which sales were paid, and most of what was owed as paid in one or two parts later."""
    notes: list[Row] = []
    payments: list[Row] = []
    for sale in sales:
        owed = chance.random() < OWED
        deposit = sale["total"] // 4 if owed and chance.random() < 1 / 2 else 0
        due = date.fromisoformat(sale["sold_on"]) + timedelta(chance.choice(DUE_DAYS))
        notes.append(
            {"sale_id": sale["id"], "in_full": "no" if owed else "yes", "deposit": deposit,
             "means": "", "noted_at": sale["logged_at"], "due_on": f"{due}" if owed else ""}
        )  # fmt: skip
        if owed and chance.random() < PAID_LATER:
            payments += _paid(sale, sale["total"] - deposit, due, chance)
    conn.execute(TABLES["payment_notes"].insert(), notes)
    conn.execute(TABLES["customer_payments"].insert(), payments)


def _paid(sale: Row, amount: int, due: date, chance: Random) -> Iterator[Row]:
    parts = (amount // 2, amount - amount // 2) if chance.random() < 1 / 2 else (amount,)
    for number, part in enumerate(parts, 1):
        yield {
            "customer_id": sale["customer_id"], "sale_id": sale["id"],
            "reference": f"paid:{sale['id']}:{number}", "amount": part,
            "means": chance.choice(MEANS), "paid_on": f"{due}", "noted_at": sale["logged_at"],
        }  # fmt: skip


def _note_people(
    conn: Connection, member_id: int, ids: Sequence[int], today: date, chance: Random
) -> None:
    """Note birthdays and wishes, and what became of items on lists of other days."""
    noon = datetime.combine(today, time(5), UTC)
    details = [
        {"customer_id": key, "birthday": f"{today - timedelta(chance.randrange(365)):%m-%d}",
         "notes": "rumah pagar hijau, suka yang wangi sereh",
         "wish": "madu" if chance.random() < WISHES else "",
         "contacted_on": f"{today - timedelta(chance.randrange(400))}", "changed_at": noon}
        for key in ids if chance.random() < WITH_DETAILS
    ]  # fmt: skip
    listed = [
        {"customer_id": key, "reason": chance.choice(REASONS), "member_id": member_id,
         "subject": "", "shown_on": f"{today - timedelta(chance.randrange(1, 60))}",
         "state": chance.choice(STATES), "at": noon}
        for key in ids if chance.random() < ON_LISTS
    ]  # fmt: skip
    conn.execute(TABLES["customer_details"].insert(), details)
    conn.execute(TABLES["today_items"].insert(), listed)
