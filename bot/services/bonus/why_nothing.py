"""Looks up why a month pays the caller nothing: what was missed, where it went, what was cut."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.core.members.people import masked_name
from bot.core.plans import Credit, Rule
from bot.core.plans.conditions import Lack
from bot.core.plans.values import CUTS
from bot.core.plans.why import PassedOver, missed, passed_over
from bot.flows.bonus.why_nothing_lookups import (
    Chances,
    Cut,
    FindMissed,
    FindSteps,
    GoesTo,
    MissedRule,
    Skipped,
    UnpaidRule,
)
from bot.services.bonus import bonus
from bot.services.bonus.next_steps import steps
from bot.services.bonus.own_month import CallerMonth, caller_month_of
from bot.services.bonus.reasons import Reason, changes_something, climbs, why_unpaid
from bot.store.bonus import bonus_credits, ranks, statements
from bot.store.ledger import periods
from bot.store.members import members
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]


def chances(turn: Turn, lookup: FindMissed) -> Chances | None:
    """Returns what a month does not pay the caller, and why."""
    caller_month = caller_month_of(turn, lookup.period)
    if caller_month is None:
        return None
    member_id, period = turn.caller.member.id, lookup.period
    standing = periods.find(turn.conn, period)
    closed = standing is not None and standing.state == "closed"
    own = statements.month(turn.conn, member_id, period)
    team_sold = own is not None and own.group_sales > own.own_sales
    cut: Sequence[Credit]
    if closed:
        levels = bonus_credits.levels_of(turn.conn, member_id, period)
        cut = bonus_credits.cut_credits(turn.conn, member_id, period)
    else:
        so_far = bonus.so_far(turn, period)
        levels = so_far.levels if so_far is not None else ()
        cut = [each for each in (so_far.credits if so_far else ()) if each.cut]
    paid = {level.rule for level in levels}
    amount = sum(level.amount for level in levels)
    lost = [
        (slug, replace(each, amount=caller_month.capped(each.amount, amount)))
        for slug, each in _missed(caller_month, team_sold=team_sold)
        if slug not in paid
    ]
    told = {slug for slug, _ in lost} | paid
    over = _passed_over(caller_month, told)
    return Chances(
        closed=closed,
        active=turn.caller.member.active,
        large=not caller_month.walked,
        team=bonus_credits.team_size(turn.conn, member_id),
        sold=own is not None and own.group_sales > 0,
        amount=amount,
        missed=tuple(each for _, each in lost),
        unpaid=tuple(_unpaid(caller_month, told, team_sold=team_sold, closed=closed)),
        skipped=tuple(_skipped(turn, caller_month, each) for each in over[: lookup.rows]),
        skipped_count=len(over),
        cuts=tuple(_cuts(caller_month, _held(turn, caller_month, period), cut)),
    )


def _missed(caller_month: CallerMonth, *, team_sold: bool) -> Iterator[tuple[str, MissedRule]]:
    """Yields what was missed by rule; for a large team without amounts."""
    version, month, place = caller_month.version, caller_month.month, caller_month.place
    if caller_month.walked:
        for each in missed(version, month, place):
            rule = version.rule(each.rule)
            assert rule is not None, "it was just asked"
            lost = MissedRule(
                rule=caller_month.rule(each.rule),
                lacks=caller_month.lacks(each.lacks),
                amount=each.amount,
                sources=each.sources,
                goes=_goes(rule, each.lacks),
            )
            yield each.rule, lost
        return
    for rule in version.rules:
        lacks = rule.conditions.lacks(month, place)
        own = rule.own_pays and month.bases[place] > 0
        team = team_sold and rule.needs != "seller"
        if lacks and (own or team):
            name, goes = caller_month.rule(rule.slug), _goes(rule, lacks)
            yield rule.slug, MissedRule(name, caller_month.lacks(lacks), 0, 0, goes)


def _goes(rule: Rule, lacks: Sequence[Lack]) -> GoesTo:
    """Returns where the amount goes that a member misses."""
    if rule.needs == "company":
        return "sharers"
    return "up" if rule.goes_up(lacks) else "company"


def _unpaid(
    caller_month: CallerMonth, told: set[str], *, team_sold: bool, closed: bool
) -> Iterator[UnpaidRule]:
    """Yields the rules that pay nothing although nothing was missed."""
    for rule in caller_month.version.rules:
        if rule.slug in told:
            continue
        if rule.needs == "company" and not closed:
            reason = Reason(rule.slug, "later")
        elif caller_month.walked and caller_month.mine(rule):
            reason = Reason(rule.slug, "then")
        else:
            reason = why_unpaid(
                caller_month.version,
                caller_month.month,
                caller_month.place,
                rule,
                walked=caller_month.walked,
            )
        # Of a large team only the counters are known.
        if caller_month.walked or reason.cause in {"points", "rank", "later"} or not team_sold:
            yield UnpaidRule(
                rule=caller_month.rule(rule.slug),
                cause=reason.cause,
                rate_bp=reason.rate_bp,
                rank=caller_month.rank(reason.rank),
                lacks=caller_month.lacks(reason.lacks),
            )


def _passed_over(caller_month: CallerMonth, told: set[str]) -> list[PassedOver]:
    """Returns the members below who were passed over, where it matters, the nearest first."""
    if not caller_month.walked:
        return []
    version, month, place = caller_month.version, caller_month.month, caller_month.place
    rules = [rule for rule in version.rules if rule.slug in told]
    credits_ = [credit for rule in rules for credit in caller_month.mine(rule, as_if=place)]
    found = passed_over(version, month, place, credits_)
    counted = [each for each in found if changes_something(version, month, each)]
    return sorted(counted, key=lambda each: (month.depths[each.place], each.place, each.rule))


def _skipped(turn: Turn, caller_month: CallerMonth, over: PassedOver) -> Skipped:
    """Returns a member who was passed over, without the number of customers."""
    person = members.by_id(turn.conn, caller_month.month.snapshot.ids[over.place])
    hidden = (replace(each, much=0) if each.what == "customers" else each for each in over.lacks)
    return Skipped(
        who=masked_name(person.name),
        code=person.code,
        rule=caller_month.rule(over.rule),
        climbs=climbs(caller_month.version, over.rule),
        lacks=caller_month.lacks(hidden),
    )


def _held(turn: Turn, caller_month: CallerMonth, period: str) -> int:
    """Returns the number of the caller's paid-as rank in a closed month; 0 for none."""
    found = ranks.find(turn.conn, period, caller_month.member_id)
    slugs = [rank.slug for rank in caller_month.version.ranks]
    return slugs.index(found.paid_as) + 1 if found and found.paid_as in slugs else 0


def _cuts(caller_month: CallerMonth, held: int, credits_: Sequence[Credit]) -> Iterator[Cut]:
    """Yields what each cap took; a credit received by guarantee is not a loss."""
    taken: dict[str, int] = defaultdict(int)
    for each in credits_:
        if each.cut != "guarantee" or each.level == 1:
            taken[each.cut] += each.whole - each.amount
    caps, rank = caller_month.version.caps, held or caller_month.month.ranks[caller_month.place]
    for why in CUTS:
        if taken.get(why, 0) > 0:
            limit = dict(caps.ranks).get(rank) if why == "rank" else caps.member
            yield Cut(
                why=why,
                amount=taken[why],
                limit=(limit or 0) if why in {"member", "rank"} else 0,
                rate_bp=(caps.company_bp or 0) if why == "company" else 0,
                rank=caller_month.rank(rank) if why == "rank" else "",
            )


LOOKUPS: Lookups = {
    FindMissed: chances,
    FindSteps: steps,
}
ACTIONS: Actions = {}
