"""When a customer will probably buy again, and who most likely does within a week.

Each article that a customer bought has a life: the customer's own usual gap for one piece, drawn
towards the usual gap of the article the fewer gaps are known. How evenly the gaps repeat says how
much the day can be trusted: the time to the next order follows a Weibull distribution, whose shape
is high where there is a rhythm and 1, without memory, where there is none. Some customers never
come back, the more probably the longer they are overdue; so a one-time buyer of long ago and a
regular one who stopped both sink.

No money is calculated here, so the figures are floats.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import exp, log, sqrt
from statistics import median
from typing import Final, TypeAlias

from bot.core.customers.purchases import Purchase

__all__ = ["HORIZON_DAYS", "Expected", "Outlook", "choose", "expected", "outlook"]

ADDED_DAYS: Final = 2
"""Who comes back so soon has not used it up: it is the same order."""

HORIZON_DAYS: Final = 7
"""An order within so many days is what a chance is about."""

LIFE_DAYS: Final = 30.0
"""How long a piece lasts where neither the company nor any customer says it."""

LIFE_DAYS_MAX: Final = 3650
UNKNOWN_CUSTOMERS: Final = 3.0
UNSTATED_CUSTOMERS: Final = 1.0
STATED_CUSTOMERS: Final = 4.0
"""As many customers as this weigh: the life of an unknown article against all others together,
that of all others against the article's own, and what the company states against the same."""

PRIOR_GAPS: Final = 1.0
"""As many gaps of the customer's own as the usual life of the article weighs."""

SPREAD: Final = 0.45
"""How far a gap usually is from the life of its article, as a natural logarithm."""

SPREAD_GAPS: Final = 3.0
SPREAD_UNKNOWN: Final = 0.6
"""At least this is the spread of one who has bought once."""

SHAPE_MIN: Final = 1.0
SHAPE_MAX: Final = 8.0
SPREAD_OF_SHAPE_1: Final = 1.2825
"""The standard deviation of the logarithm of a Weibull distribution is this, over its shape."""

LOG_2: Final = log(2)
RETURNS: Final = 0.45
"""The share of first buyers of an article that buy it again, where the seller's is unknown."""

RETURNS_CUSTOMERS: Final = 10.0
STAYS: Final = 2.0
"""How fast trust in a customer's return grows with the gaps: as so many gaps of a newcomer."""

CustomerArticle: TypeAlias = tuple[int, int]
"""A customer and an article; the article is `ANYTHING` for all that the customer buys."""

Days: TypeAlias = list[tuple[int, int]]
"""Ordinals of days and the pieces bought on each, oldest first."""

ANYTHING: Final = 0

ARTICLES_SHARE: Final = 0.6
"""The weight of the single articles in a customer's chance; the rest is that of all orders."""


@dataclass(frozen=True, slots=True)
class Expected:
    """An article that a customer may buy again.

    Attributes:
        due_on: the day on which what was bought last is probably used up.
        chance: of an order within a week from today, between 0 and 1.
    """

    customer_id: int
    product_id: int
    due_on: date
    chance: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the customers of one seller may buy within a week.

    Attributes:
        articles: each article of each customer, the most probable first.
        chances: of any order at all, for each customer.
    """

    articles: tuple[Expected, ...]
    chances: Mapping[int, float]


def expected(
    purchases: Sequence[Purchase], lasts: Mapping[int, int], today: date
) -> tuple[Expected, ...]:
    """Returns each article of each customer with its next day, the most probable first.

    Args:
        purchases: all that the customers of one seller kept, in any order; later ones than
            `today` are left out.
        lasts: for how many days a piece of an article lasts, as the company says; 0 is unknown.
        today: by the seller's calendar.
    """
    return outlook(purchases, lasts, today).articles


def choose(purchases: Sequence[Purchase], lasts: Mapping[int, int], today: date) -> list[int]:
    """Returns all customers, the one most likely to buy within a week first."""
    chances = outlook(purchases, lasts, today).chances
    last: dict[int, date] = {}
    for one in purchases:
        last[one.customer_id] = max(last.get(one.customer_id, one.day), one.day)
    return sorted(chances, key=lambda who: (-chances[who], -last[who].toordinal(), who))


def outlook(purchases: Sequence[Purchase], lasts: Mapping[int, int], today: date) -> Outlook:
    """Returns what is expected of each article, and of each customer as a whole.

    Somebody may take another article each time and still come evenly, so the days of a customer's
    orders count beside those of each article.
    """
    past = [one for one in purchases if one.day <= today]
    articles = _articles(past, lasts, today)
    visits = {(one.customer_id, one.day) for one in past}
    orders = [Purchase(who, ANYTHING, 1, day) for who, day in sorted(visits)]
    nothing: dict[int, float] = defaultdict(lambda: 1.0)
    for one in articles:
        nothing[one.customer_id] *= (1 - one.chance) ** ARTICLES_SHARE
    for one in _articles(orders, {}, today):
        nothing[one.customer_id] *= (1 - one.chance) ** (1 - ARTICLES_SHARE)
    articles.sort(key=lambda one: (-one.chance, one.due_on, one.customer_id, one.product_id))
    return Outlook(tuple(articles), {who: 1 - none for who, none in nothing.items()})


def _articles(
    purchases: Iterable[Purchase], lasts: Mapping[int, int], today: date
) -> list[Expected]:
    """Returns each article of each customer with its next day."""
    histories = _histories(purchases)
    gaps = {key: _gaps(days) for key, days in histories.items()}
    lives = _lives(gaps, lasts)
    spread = _spread(gaps)
    returns = _returns(histories, lives, today)
    now = today.toordinal()
    found = []
    for (customer_id, product_id), days in histories.items():
        own = gaps[customer_id, product_id]
        weight = own.count + PRIOR_GAPS
        life = exp((own.middle * own.count + lives[product_id] * PRIOR_GAPS) / weight)
        last, pieces = days[-1]
        usual = life * pieces
        chance = _chance(usual, _shape(own, spread), _stays(own.count, returns), now - last)
        due_on = date.fromordinal(last) + timedelta(days=round(min(usual, LIFE_DAYS_MAX)))
        found.append(Expected(customer_id, product_id, due_on, chance))
    return found


def _histories(purchases: Iterable[Purchase]) -> dict[CustomerArticle, Days]:
    """Returns the days of each article of each customer; what was bought at once is added up."""
    pieces: dict[CustomerArticle, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for one in purchases:
        pieces[one.customer_id, one.product_id][one.day.toordinal()] += one.quantity
    return {key: _orders(sorted(days.items())) for key, days in pieces.items()}


def _orders(days: Days) -> Days:
    """Returns the days without those on which something was only added to an order."""
    orders = days[:1]
    for day, pieces in days[1:]:
        before, ordered = orders[-1]
        if day - before > ADDED_DAYS:
            orders.append((day, pieces))
        else:
            orders[-1] = (day, ordered + pieces)
    return orders


@dataclass(frozen=True, slots=True)
class ArticleGaps:
    """The days that one piece lasted, for each order but the last, as logarithms.

    Attributes:
        count: how many are known.
        middle: their median; 0 if none is known.
        deviation: their standard deviation from it; 0 if fewer than two are known.
    """

    count: int
    middle: float
    deviation: float


def _gaps(days: Days) -> ArticleGaps:
    """Returns what the days of a customer's orders say."""
    if len(days) == 1:
        return NO_GAPS
    own = [log((after - before) / pieces) for (before, pieces), (after, _) in pairwise(days)]
    middle = median(own)
    squares = sum((one - middle) ** 2 for one in own)
    return ArticleGaps(len(own), middle, sqrt(squares / (len(own) - 1)) if len(own) > 1 else 0.0)


NO_GAPS: Final = ArticleGaps(0, 0.0, 0.0)


def _drawn(values: list[float], towards: float, weight: float) -> float:
    """Returns the median of values, drawn towards another value that counts like `weight`."""
    if not values:
        return towards
    return (median(values) * len(values) + towards * weight) / (len(values) + weight)


def _lives(
    gaps: Mapping[CustomerArticle, ArticleGaps], lasts: Mapping[int, int]
) -> dict[int, float]:
    """Returns the usual life of a piece of each article, as a logarithm of days."""
    usual: dict[int, list[float]] = defaultdict(list)
    for (_, product_id), own in gaps.items():
        usual[product_id] += [own.middle] if own.count else []
    known = [one for many in usual.values() for one in many]
    anything = _drawn(known, log(LIFE_DAYS), UNKNOWN_CUSTOMERS)
    lives = {}
    for product_id, many in usual.items():
        stated = lasts.get(product_id, 0)
        if stated > 0:
            lives[product_id] = _drawn(many, log(stated), STATED_CUSTOMERS)
        else:
            lives[product_id] = _drawn(many, anything, UNSTATED_CUSTOMERS)
    return lives


def _spread(gaps: Mapping[CustomerArticle, ArticleGaps]) -> float:
    """Returns how far the gaps of this seller's customers usually are from their own middle."""
    return _drawn([own.deviation for own in gaps.values() if own.count > 1], SPREAD, SPREAD_GAPS)


def _shape(own: ArticleGaps, spread: float) -> float:
    """Returns the shape of the distribution: how evenly a customer buys."""
    deviation = spread if own.count else max(spread, SPREAD_UNKNOWN)
    if own.count > 1:
        known = own.count - 1
        deviation = (own.deviation * known + spread * SPREAD_GAPS) / (known + SPREAD_GAPS)
    return min(max(SPREAD_OF_SHAPE_1 / max(deviation, 0.01), SHAPE_MIN), SHAPE_MAX)


def _returns(
    histories: Mapping[CustomerArticle, Days], lives: Mapping[int, float], today: date
) -> float:
    """Returns the share of first buyers of an article that buy it again."""
    now = today.toordinal()
    came = waited = 0
    for (_, product_id), days in histories.items():
        first, pieces = days[0]
        if len(days) > 1:
            came += 1
        elif now - first > 2 * exp(lives[product_id]) * pieces:
            waited += 1
    return (came + RETURNS * RETURNS_CUSTOMERS) / (came + waited + RETURNS_CUSTOMERS)


def _stays(count: int, returns: float) -> float:
    """Returns the chance that a customer with so many gaps has not stopped after the last."""
    return (count + returns * STAYS) / (count + STAYS)


def _chance(usual: float, shape: float, stays: float, waited: int) -> float:
    """Returns the chance of an order within a week, after so many days without one."""
    scale = max(usual, 1.0) / LOG_2 ** (1 / shape)
    open_now = exp(-min((waited / scale) ** shape, 700.0))
    open_then = exp(-min(((waited + HORIZON_DAYS) / scale) ** shape, 700.0))
    return stays * (open_now - open_then) / (stays * open_now + 1 - stays)
