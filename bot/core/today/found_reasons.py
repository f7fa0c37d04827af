"""Every reason that counts on a day, of every customer."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Final

from bot.core.customers.purchases import Purchase
from bot.core.today.customer_facts import Debt, KnownCustomers, Named
from bot.core.today.forecast import Outlook, outlook
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

SILENT_DAYS: Final = 45
"""A customer whose usual gap is not known is silent after so many days."""

SILENT_HALVES: Final = 3
"""One who came at least three times is silent after so many halves of their usual gap."""

GAPS_MIN: Final = 2

CHANCE_MIN_PERCENT: Final = 3
"""Who buys less probably than this within a week is not reminded of an order."""

JUST_SERVED_DAYS: Final = 7
"""Who bought anything so few days ago had the occasion to take the rest as well."""

JUST_SERVED_TENTHS: Final = 8
"""So did who came three times or more, within so many tenths of their usual gap; of who took
fewer pieces than usual, in proportion."""

LEAP_DAY: Final = "02-29"


def reasons_of(known: KnownCustomers, today: date) -> Iterator[Named]:
    """Yields every reason that counts today, of every customer."""
    bought = [one for one in known.purchases if one.day <= today]
    ahead = outlook(bought, known.lasts, today)
    last = {one.customer_id: one.day for one in sorted(bought, key=lambda one: one.day)}
    gaps = _usual_gaps(bought)
    yield from _after_sales(bought, ahead.chances, today)
    yield from _reorders(ahead, last, _gaps_by_pieces(bought, gaps), today)
    yield from _silent(last, gaps, ahead.chances, today)
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


def _usual_gaps(bought: Sequence[Purchase]) -> dict[int, int]:
    """Returns the middle gap between the orders of each customer who came three times or more."""
    days: dict[int, set[int]] = defaultdict(set)
    for one in bought:
        days[one.customer_id].add(one.day.toordinal())
    found = {}
    for customer_id, ordinals in days.items():
        gaps = [later - before for before, later in pairwise(sorted(ordinals))]
        if len(gaps) >= GAPS_MIN:
            found[customer_id] = median_low(gaps)
    return found


def _gaps_by_pieces(
    bought: Sequence[Purchase], gaps: Mapping[int, int]
) -> dict[tuple[int, int], int]:
    """Returns the usual gap of a regular customer, for the pieces of each article taken last."""
    pieces: dict[tuple[int, int], Counter[date]] = defaultdict(Counter)
    for one in bought:
        if one.customer_id in gaps:
            pieces[one.customer_id, one.product_id][one.day] += one.quantity
    found = {}
    for key, days in pieces.items():
        *before, (_, taken) = sorted(days.items())
        usual = median_low([each for _, each in before]) if before else taken
        found[key] = gaps[key[0]] * min(taken, usual) // usual
    return found


def _reorders(
    ahead: Outlook,
    last: Mapping[int, date],
    gaps: Mapping[tuple[int, int], int],
    today: date,
) -> Iterator[Named]:
    """Yields whose article is probably used up; of each customer the most probable one."""
    seen = {who for who, day in last.items() if (today - day).days < JUST_SERVED_DAYS}
    for one in ahead.articles:
        if one.chance * 100 < CHANCE_MIN_PERCENT:
            return
        if one.customer_id in seen or not _counts("reorder", (today - one.due_on).days):
            continue
        gap = gaps.get((one.customer_id, one.product_id), 0)
        if 10 * (today - last[one.customer_id]).days < JUST_SERVED_TENTHS * gap:
            continue
        seen.add(one.customer_id)
        weight = _weight("reorder", ahead.chances[one.customer_id])
        yield Named(one.customer_id, "reorder", f"{one.product_id}:{one.due_on}", weight)


def _silent(
    last: Mapping[int, date], gaps: Mapping[int, int], chances: Mapping[int, float], today: date
) -> Iterator[Named]:
    """Yields who has bought nothing for far longer than usual."""
    for customer_id, day in last.items():
        waited, gap = (today - day).days, gaps.get(customer_id)
        silent = waited >= SILENT_DAYS if gap is None else 2 * waited >= SILENT_HALVES * gap
        if silent and _counts("silent", waited):
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
    for ago in range(rule.first, rule.last + 1):
        day = today - timedelta(days=ago)
        for customer_id, birthday in birthdays.items():
            if birthday in _calendar_names(day):
                yield Named(customer_id, "birthday", day.isoformat(), rule.weight)


def _calendar_names(day: date) -> tuple[str, ...]:
    """Returns the MM-DD of a day; in common years 28 February is that of the 29th too."""
    name = f"{day:%m-%d}"
    is_last = name == "02-28" and (day + timedelta(days=1)).month != day.month
    return (name, LEAP_DAY) if is_last else (name,)


def _postponed(known: KnownCustomers, last: Mapping[int, date], today: date) -> Iterator[Named]:
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
