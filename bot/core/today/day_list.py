"""Whom a seller should think of today: at most seven, each once, for the best reason.

A list is made for one day and forgotten: what was left over is not carried on, so nothing piles
up. Who was shown for a reason is not shown for it again within a week, whatever became of it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.core.today.customer_facts import KnownCustomers, ListedCustomer, Named
from bot.core.today.found_reasons import reasons_of
from bot.core.today.list_rules import LIST_MAX, REASONS, ListReason

__all__ = ["day_list"]

URGENT: Final = 90
"""From this weight on a customer may be shown on two days in a row."""

REST_DAYS: Final = 4
"""After a reminder, a customer is left alone for this long; urgent reasons excepted."""


def day_list(known: KnownCustomers, today: date) -> tuple[Named, ...]:
    """Returns the list of a day, the most important first."""
    found = sorted(reasons_of(known, today), key=lambda one: (-one.weight, one.customer_id))
    may = _Permission(known, today)
    taken: dict[int, Named] = {}
    of_reason: Counter[ListReason] = Counter()
    for one in found:
        if len(taken) == LIST_MAX:
            break
        full = of_reason[one.reason] >= REASONS[one.reason].most
        if one.customer_id not in taken and not full and may.show(one):
            taken[one.customer_id] = one
            of_reason[one.reason] += 1
    return tuple(taken.values())


class _Permission:
    """Who may be shown today for which reason, by the earlier lists."""

    def __init__(self, known: KnownCustomers, today: date) -> None:
        self._today = today
        self._past: dict[int, list[ListedCustomer]] = defaultdict(list)
        for one in known.past:
            self._past[one.customer_id].append(one)
        self._contacted = known.contacted

    def show(self, named: Named) -> bool:
        """Returns whether a customer may be shown for this reason."""
        past = self._past.get(named.customer_id, ())
        if any(one.reason == named.reason and self._blocks(one) for one in past):
            return False
        if any(one.state == "later" and _after(one.until, self._today) for one in past):
            return False
        return named.weight >= URGENT or not self._rests(named.customer_id, past)

    def _blocks(self, one: ListedCustomer) -> bool:
        """Returns whether the same reason has to wait; a postponed one waits for its day."""
        if one.state in {"never", "later"}:
            return one.state == "never" or _after(one.until, self._today)
        return (self._today - one.shown_on).days < REASONS[one.reason].again_days

    def _rests(self, customer_id: int, past: Iterable[ListedCustomer]) -> bool:
        """Returns whether the seller has just talked to a customer, or was just told to."""
        days = [one.shown_on for one in past if one.state != "later"]
        days += [self._contacted[customer_id]] if customer_id in self._contacted else []
        return any((self._today - day).days < REST_DAYS for day in days)


def _after(until: date | None, today: date) -> bool:
    return until is not None and until > today
