"""Every reason that counts on a day, of every customer."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from bot.core.customers.purchases import Purchase
from bot.core.today.customer_facts import Debt, Known, Named
from bot.core.today.forecast import Expected, outlook
from bot.core.today.list_rules import REASONS, ListReason

__all__ = ["reasons_of"]

POSTPONED: Final = 85
"""The weight of one whom the seller wanted to see today."""

POSTPONED_DAYS_MAX: Final = 7
"""A postponement that found no place within so many days after its day is dropped."""

DUE_NOW: Final = 12
DUE_NOW_DAYS: Final = 2
"""What a debt gains on the day that was agreed and the next one."""

NO_DAY: Final = -25
"""What a debt loses for which no day was agreed."""

NO_DAY_DAYS: Final = 14
"""A debt without a day counts as due so many days after the sale."""

BEFORE_BIRTHDAY: Final = 35
SILENT_TIMES: Final = 2
"""A customer is silent after so many of the own usual gaps."""

CHANCE_MIN_PERCENT: Final = 3
"""Who buys less probably than this within a week is not reminded of an order."""
LEAP_DAY: Final = "02-29"


def reasons_of(known: Known, today: date) -> Iterator[Named]:
    """Yields every reason that counts today, of every customer."""
    bought = [one for one in known.purchases if one.day <= today]
    ahead = outlook(bought, known.lasts, today)
    last = {one.customer_id: one.day for one in sorted(bought, key=lambda one: one.day)}
    yield from _after_sales(bought, ahead.chances, today)
    yield from _reorders(ahead.articles, ahead.chances, today)
    yield from _silent(bought, last, ahead.chances, today)
    yield from _debts(known.debts, today)
    yield from _birthdays(known.birthdays, today)
    for customer_id, day in known.wishes.items():
        if _counts("wish", (today - day).days):
            yield Named(customer_id, "wish", day.isoformat(), REASONS["wish"].weight)
    yield from _postponed(known, last, today)


def _counts(reason: ListReason, days: int) -> bool:
    rule = REASONS[reason]
    return rule.first <= days <= rule.last


def _weight(reason: ListReason, chance: float) -> float:
    rule = REASONS[reason]
    return rule.weight + rule.chance_weight * chance


def _after_sales(
    bought: Sequence[Purchase], chances: Mapping[int, float], today: date
) -> Iterator[Named]:
    """Yields who tried an article for the first time some days or two weeks ago."""
    first: dict[tuple[int, int], date] = {}
    for one in bought:
        key = one.customer_id, one.product_id
        first[key] = min(first.get(key, one.day), one.day)
    reasons: tuple[ListReason, ...] = ("after_days", "after_weeks")
    for (customer_id, product_id), day in first.items():
        for reason in reasons:
            if _counts(reason, (today - day).days):
                weight = _weight(reason, chances[customer_id])
                yield Named(customer_id, reason, f"{product_id}:{day}", weight)


def _reorders(
    articles: Sequence[Expected], chances: Mapping[int, float], today: date
) -> Iterator[Named]:
    """Yields whose article is probably used up; of each customer the most probable one."""
    seen: set[int] = set()
    for one in articles:
        if one.chance * 100 < CHANCE_MIN_PERCENT:
            return
        if one.customer_id in seen or not _counts("reorder", (today - one.due_on).days):
            continue
        seen.add(one.customer_id)
        weight = _weight("reorder", chances[one.customer_id])
        yield Named(one.customer_id, "reorder", f"{one.product_id}:{one.due_on}", weight)


def _silent(
    bought: Sequence[Purchase],
    last: Mapping[int, date],
    chances: Mapping[int, float],
    today: date,
) -> Iterator[Named]:
    """Yields who has bought nothing for far longer than usual."""
    days: dict[int, set[date]] = defaultdict(set)
    for one in bought:
        days[one.customer_id].add(one.day)
    for customer_id, day in last.items():
        waited = (today - day).days
        gaps = len(days[customer_id]) - 1
        since_first = (day - min(days[customer_id])).days
        if _counts("silent", waited) and waited * gaps >= SILENT_TIMES * since_first:
            weight = _weight("silent", chances[customer_id])
            yield Named(customer_id, "silent", day.isoformat(), weight)


def _debts(debts: Sequence[Debt], today: date) -> Iterator[Named]:
    """Yields who owes something that is due; the oldest of each customer."""
    seen: set[int] = set()
    for one in debts:
        due_on = one.due_on or one.sold_on + timedelta(days=NO_DAY_DAYS)
        waited = (today - due_on).days
        if one.customer_id in seen or not _counts("debt", waited):
            continue
        seen.add(one.customer_id)
        more = NO_DAY if one.due_on is None else DUE_NOW if waited < DUE_NOW_DAYS else 0
        yield Named(one.customer_id, "debt", str(one.sale_id), REASONS["debt"].weight + more)


def _birthdays(birthdays: Mapping[int, str], today: date) -> Iterator[Named]:
    rule = REASONS["birthday"]
    for before in range(-rule.last, -rule.first + 1):
        day = today + timedelta(days=before)
        weight = BEFORE_BIRTHDAY if before > 0 else rule.weight
        for customer_id, birthday in birthdays.items():
            if birthday in _calendar_names(day):
                yield Named(customer_id, "birthday", day.isoformat(), weight)


def _calendar_names(day: date) -> tuple[str, ...]:
    """Returns the MM-DD of a day; in common years 28 February is that of the 29th too."""
    name = f"{day:%m-%d}"
    is_last = name == "02-28" and (day + timedelta(days=1)).month != day.month
    return (name, LEAP_DAY) if is_last else (name,)


def _postponed(known: Known, last: Mapping[int, date], today: date) -> Iterator[Named]:
    """Yields whom the seller postponed to today, unless it has settled itself meanwhile."""
    owing = {str(one.sale_id) for one in known.debts}
    for one in known.past:
        if one.state != "later" or one.until is None:
            continue
        if not 0 <= (today - one.until).days <= POSTPONED_DAYS_MAX:
            continue
        if one.reason == "debt":
            settled = one.subject not in owing
        else:
            settled = last.get(one.customer_id, date.min) > one.shown_on
        if not settled:
            yield Named(one.customer_id, one.reason, one.subject, POSTPONED)
