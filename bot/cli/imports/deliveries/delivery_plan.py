"""Checks a list of deliveries against the database: members, articles, what is there already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from bot.cli.imports.deliveries.delivery_file import DeliveryFile, DeliveryRow
from bot.core.calendar.periods import period_of
from bot.core.input.checked_json import integer
from bot.core.sheets.sheet_faults import SheetFault
from bot.core.stock.stock_levels import StockLevel, ends_month, is_much, with_more
from bot.store.stock import delivered_goods, stock_sums
from bot.store.stock.delivered_goods import DeliveredGoods, DeliveryState

__all__ = ["DeliveryPlan", "DeliveryRules", "delivery_plan"]


@dataclass(frozen=True, slots=True)
class DeliveryRules:
    """What the company calls much.

    Attributes:
        enabled: whether members have a stock here at all.
        months_much: months of a member's own sales.
        month_end_days: the last days of a month that are looked at.
        bought: months (YYYY-MM) from which a version of the plan holds, each with whether it
            counts goods that members buy.
        zone: of the company.
    """

    enabled: bool
    months_much: int
    month_end_days: int
    bought: Sequence[tuple[str, bool]]
    zone: str

    @classmethod
    def of(
        cls, stock: Mapping[str, object], bought: Iterable[object], zone: str
    ) -> "DeliveryRules":
        """Returns the rules from decoded JSON: the company's table, and its plan's versions."""
        return cls(
            bool(stock["enabled"]),
            integer(stock, "months_much"),
            integer(stock, "month_end_days"),
            [(str(since), bool(counts)) for since, counts in map(_pair, bought)],
            zone,
        )

    def is_late(self, day: date) -> bool:
        """Returns whether a delivery at this end of a month may be meant for points."""
        period = period_of(day, self.zone)
        counted = [counts for since, counts in self.bought if since <= period]
        return bool(counted and counted[-1]) and ends_month(day, self.month_end_days)


@dataclass(slots=True)
class DeliveryPlan:
    """What a list of deliveries would do.

    Attributes:
        goods: the deliveries of the list.
        faults: rows that name no member or article, or one that is there already.
        counts: how many rows are `added`, `changed`, `same`; of the first two, how many are
            `much` of the member's own sales, or `late` in the month.
    """

    goods: list[DeliveredGoods] = field(default_factory=list)
    faults: list[SheetFault] = field(default_factory=list)
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("added", "changed", "same", "much", "late"), 0)
    )


def delivery_plan(
    conn: Connection, reading: DeliveryFile, rules: DeliveryRules, today: date
) -> DeliveryPlan:
    """Returns what a list would do; much is measured by deliveries and sales, never by counts.

    Those are the member's own.
    """
    plan = DeliveryPlan(faults=list(reading.faults))
    if not rules.enabled:
        plan.faults = [SheetFault("stock off")]
        return plan
    members = delivered_goods.members_named(conn, (row.member for row in reading.rows))
    articles = _articles(conn)
    first: dict[str, int] = {}
    for row in reading.rows:
        plan.faults += _unknown(row, members, articles)
        if row.member not in members or row.product not in articles:
            continue
        goods = DeliveredGoods(
            members[row.member],
            articles[row.product],
            row.quantity,
            row.day.isoformat(),
            row.document,
        )
        before = first.setdefault(goods.reference, row.line)
        if before != row.line:
            facts = {"value": row.document, "first": before}
            plan.faults.append(SheetFault.of("delivery twice", row.line, "document", **facts))
            continue
        plan.goods.append(goods)
        state = delivered_goods.state_of(conn, goods)
        plan.counts[state] += 1
        _look_closer(conn, plan, state, goods, rules, today)
    return plan


def _pair(packed: object) -> tuple[object, object]:
    assert isinstance(packed, list | tuple), "as the bot packs it"
    since, counts = packed
    return since, counts


def _look_closer(
    conn: Connection,
    plan: DeliveryPlan,
    state: DeliveryState,
    goods: DeliveredGoods,
    rules: DeliveryRules,
    today: date,
) -> None:
    """Count a delivery that is much, or late in the month."""
    if state == "same" or not goods.quantity:
        return
    none = StockLevel(goods.product_id, 0)
    paces = stock_sums.paces(conn, goods.member_id, today, goods.product_id)
    level = with_more(paces.get(goods.product_id, none), goods.quantity)
    plan.counts["much"] += is_much(level, today, rules.months_much)
    plan.counts["late"] += rules.is_late(date.fromisoformat(goods.day))


def _unknown(
    row: DeliveryRow, members: Mapping[str, int], articles: Mapping[str, int]
) -> Iterator[SheetFault]:
    if row.member not in members:
        yield SheetFault.of("no such member", row.line, "member", value=row.member)
    if row.product not in articles:
        yield SheetFault.of("no such article", row.line, "product", value=row.product)


def _articles(conn: Connection) -> dict[str, int]:
    """Returns the articles by number, and by name where only one has it."""
    listed = delivered_goods.listed_articles(conn)
    names: dict[str, list[int]] = {}
    for each in listed:
        names.setdefault(" ".join(each.name.upper().split()), []).append(each.id)
    by_name = {name: ids[0] for name, ids in names.items() if len(ids) == 1}
    return by_name | {each.sku.upper(): each.id for each in listed}
