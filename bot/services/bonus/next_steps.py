"""Finds the caller's nearest steps to a higher bonus, in points and in pieces to sell."""

from collections.abc import Sequence
from typing import Final

from bot.core.plans.why import Step, next_steps
from bot.core.sales.products import Product
from bot.flows.bonus.why_nothing_lookups import FindSteps, MonthSteps, NextStep
from bot.services.bonus import bonus
from bot.services.bonus.own_month import Sight, see
from bot.services.bonus.reasons import begun
from bot.store.bonus import bonus_credits
from bot.store.products import products
from bot.turn.turn import Turn

__all__ = ["steps"]

FAVOURITES_MAX: Final = 5
PIECES_MAX: Final = 12
"""More pieces of one article than this are hard to imagine."""

POINTS: Final = ("own_points", "group_points", "personal_group_points", "accumulated_points")


def steps(turn: Turn, lookup: FindSteps) -> MonthSteps | None:
    """Returns the steps that would raise the caller's bonus this month."""
    del lookup
    sight = see(turn, turn.caller.period)
    if sight is None:
        return None
    member_id, active = turn.caller.seat.id, turn.caller.seat.active
    team = bonus_credits.team_size(turn.conn, member_id)
    found: Sequence[Step] = ()
    if active:
        found = next_steps(sight.version, sight.month, sight.place)
        found = begun(sight.version, sight.month, sight.place, found, team=team > 0)
    goods = _goods(turn) if found else ()
    so_far = bonus.so_far(turn, turn.caller.period) if found else None
    paid = so_far.amount if so_far is not None else 0
    return MonthSteps(
        active=active,
        large=not sight.walked,
        team=team,
        steps=tuple(_step(sight, each, paid, goods) for each in found),
    )


def _step(sight: Sight, step: Step, paid: int, goods: Sequence[Product]) -> NextStep:
    points = next((each.much for each in step.lacks if each.what in POINTS), 0)
    article = _article(goods, points) if points else None
    return NextStep(
        rule=sight.rule(step.rule) if step.rule else "",
        reach=sight.rank(step.rank),
        rate_bp=step.rate_bp,
        lacks=sight.lacks(step.lacks),
        amount=sight.capped(step.amount, paid, step.rank) if sight.walked else 0,
        pieces=-(-points // article.points) if article is not None else 0,
        article=article.name if article is not None else "",
    )


def _goods(turn: Turn) -> Sequence[Product]:
    """Returns the products with points, those that the caller sells most first."""
    listed = {each.id: each for each in products.catalogue(turn.conn) if each.points > 0}
    liked = products.favourites(turn.conn, turn.caller.seat.id, FAVOURITES_MAX)
    first = [listed.pop(each) for each in liked if each in listed]
    return [*first, *sorted(listed.values(), key=lambda each: -each.points)]


def _article(goods: Sequence[Product], points: int) -> Product | None:
    """Returns the first product of which a few whole pieces give the points."""
    fit = (each for each in goods if each.points <= points <= each.points * PIECES_MAX)
    return next(fit, None) or max(
        (each for each in goods if each.points <= points),
        key=lambda each: each.points,
        default=min(goods, key=lambda each: each.points, default=None),
    )
