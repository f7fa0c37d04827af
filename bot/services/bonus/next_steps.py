"""Finds the caller's nearest steps to a higher bonus, in points and in pieces to sell."""

from collections.abc import Sequence
from typing import Final

from bot.core.plans.why import Step, next_steps
from bot.core.sales.products import Product
from bot.flows.bonus.why_nothing_lookups import FindSteps, MonthSteps, NextStep
from bot.services.bonus import bonus
from bot.services.bonus.own_month import CallerMonth, caller_month_of
from bot.services.bonus.reasons import begun
from bot.store.bonus import bonus_credits
from bot.store.products import products
from bot.turn.turn import Turn

__all__ = ["steps"]

FAVOURITES_MAX: Final = 5
PIECES_MAX: Final = 12
"""More pieces of one product than this are hard to imagine."""

POINTS: Final = (
    "own_points",
    "sold_points",
    "group_points",
    "personal_group_points",
    "accumulated_points",
)


def steps(turn: Turn, _lookup: FindSteps) -> MonthSteps | None:
    """Returns the steps that would raise the caller's bonus this month."""
    caller_month = caller_month_of(turn, turn.caller.period)
    if caller_month is None:
        return None
    member_id, active = turn.caller.member.id, turn.caller.member.active
    team = bonus_credits.team_size(turn.conn, member_id)
    found: Sequence[Step] = ()
    if active:
        found = next_steps(caller_month.version, caller_month.month, caller_month.place)
        found = begun(
            caller_month.version, caller_month.month, caller_month.place, found, team=team > 0
        )
    goods = _goods(turn) if found else ()
    so_far = bonus.so_far(turn, turn.caller.period) if found else None
    paid = so_far.amount if so_far is not None else 0
    return MonthSteps(
        active=active,
        large=not caller_month.walked,
        team=team,
        steps=tuple(_step(caller_month, each, paid, goods) for each in found),
    )


def _step(caller_month: CallerMonth, step: Step, paid: int, goods: Sequence[Product]) -> NextStep:
    points = next((each.much for each in step.lacks if each.what in POINTS), 0)
    product = _product(goods, points) if points else None
    return NextStep(
        rule=caller_month.rule(step.rule) if step.rule else "",
        reach=caller_month.rank(step.rank),
        rate_bp=step.rate_bp,
        lacks=caller_month.lacks(step.lacks),
        amount=caller_month.capped(step.amount, paid, step.rank) if caller_month.walked else 0,
        pieces=-(-points // product.points) if product is not None else 0,
        product=product.name if product is not None else "",
    )


def _goods(turn: Turn) -> Sequence[Product]:
    """Returns the products with points, those that the caller sells most first."""
    listed = {each.id: each for each in products.catalogue(turn.conn) if each.points > 0}
    liked = products.favourites(turn.conn, turn.caller.member.id, FAVOURITES_MAX)
    first = [listed.pop(each) for each in liked if each in listed]
    return [*first, *sorted(listed.values(), key=lambda each: -each.points)]


def _product(goods: Sequence[Product], points: int) -> Product | None:
    """Returns the first product of which a few whole pieces give the points."""
    fit = (each for each in goods if each.points <= points <= each.points * PIECES_MAX)
    return next(fit, None) or max(
        (each for each in goods if each.points <= points),
        key=lambda each: each.points,
        default=min(goods, key=lambda each: each.points, default=None),
    )
