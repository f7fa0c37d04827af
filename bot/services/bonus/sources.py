"""Looks up where a bonus comes from: rules, sellers, and the lines that they sold."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.members.people import masked_name
from bot.core.plans import Credit, Version
from bot.core.plans.parts import parts
from bot.core.plans.values import COMPANY
from bot.core.sales.sales import receipt_number
from bot.flows.bonus.sources import (
    FindReasons,
    FindSourceSales,
    Reasons,
    SaleShare,
    Share,
    SourceSales,
)
from bot.services.bonus.bonus import so_far
from bot.services.bonus.estimates import Estimate
from bot.services.bonus.recompute import (
    ExplainedMonth,
    cuts,
    explained_month,
    recomputed,
    skips,
    top_rate,
    unit_of,
)
from bot.services.bonus.wording import kind_of, later_names, level_sums, rule_name
from bot.store.bonus import bonus_credits, credit_sales
from bot.store.bonus.credit_sales import CountedLine
from bot.store.members import members
from bot.store.returns import taken
from bot.store.returns.taken import CreditKey
from bot.turn.turn import Actions, Lookups, Turn

__all__ = ["ACTIONS", "LOOKUPS"]

NOTHING_YET: Final = Estimate((), (), 0)


def reasons(turn: Turn, lookup: FindReasons) -> Reasons | None:
    """Returns the sales that a month's bonus comes from, a page of credits at a time."""
    me, rows, skip = turn.caller.member, lookup.rows, lookup.skip
    explained = explained_month(turn, lookup.period)
    found = NOTHING_YET if explained.closed else so_far(turn, explained.period)
    if found is None:
        return None
    levels, count, page = found.levels, len(found.credits), found.credits[skip : skip + rows]
    if explained.closed:
        levels = bonus_credits.levels_of(turn.conn, me.id, explained.period)
        # A part of a pool is one credit, though it comes from no member's sales.
        count = sum(each.sources or 1 for each in levels)
        page = bonus_credits.credits_of(turn.conn, me.id, explained.period, rows=rows, skip=skip)
    again = recomputed(turn, explained, levels)
    skipped = skips(turn, explained, again)
    return Reasons(
        closed=explained.closed,
        minutes=found.minutes,
        before_cap=found.before_cap,
        before_guarantee=found.before_guarantee,
        later=later_names(explained.version, found.later, turn.caller.language),
        levels=level_sums(explained.version, levels, turn.caller.language),
        shares=_shares(turn, explained, page, again, skip + 1),
        count=count,
        skips=_skips(explained.version),
        skipped=skipped.named,
        skipped_more=skipped.more,
        back=sum(_taken(turn, explained).values()),
    )


def _taken(turn: Turn, explained: ExplainedMonth) -> Mapping[CreditKey, int]:
    """Returns what was taken back from each of the caller's credits of a closed month."""
    if not explained.closed:
        return {}
    return taken.of_member(turn.conn, turn.caller.member.id, explained.period)


def source_sales(turn: Turn, lookup: FindSourceSales) -> SourceSales | None:
    """Returns the sales of one member from whom the caller has a credit in the month."""
    source = members.by_code(turn.conn, lookup.code)
    if source is None:
        return None
    me, explained = turn.caller.member, explained_month(turn, lookup.period)
    credits_ = _from(turn, explained, source.id)
    if not credits_:
        return None
    counted = credit_sales.weights(
        turn.conn, source.id, explained.period, unit_of(turn, explained)
    )
    brought = _brought(credits_, [bonus for _, bonus in counted])
    amounts = {line: amount for (line, _), amount in zip(counted, brought, strict=True)}
    worth = dict(counted)
    part = [line for line, _ in counted][lookup.skip : lookup.skip + lookup.rows]
    return SourceSales(
        closed=explained.closed,
        shares=_shares(turn, explained, credits_, recomputed(turn, explained), 1),
        sold=tuple(
            _line(row, amounts[row.id], worth[row.id], own=source.id == me.id)
            for row in credit_sales.lines(turn.conn, part)
        ),
        count=len(counted),
    )


def _from(turn: Turn, explained: ExplainedMonth, source_id: int) -> list[Credit]:
    """Returns the caller's credits from one member's sales."""
    me = turn.caller.member
    if explained.closed:
        return credit_sales.credits_from(turn.conn, me.id, explained.period, source_id)
    found = so_far(turn, explained.period) or NOTHING_YET
    return [each for each in found.credits if each.source_id == source_id]


def _brought(credits_: Sequence[Credit], bonus: Sequence[int]) -> list[int]:
    """Returns each line's part of the credits; together exactly their sum."""
    if not sum(bonus):
        return [0 for _ in bonus]
    each_credit = [parts(each.amount, bonus) for each in credits_]
    return [sum(column) for column in zip(*each_credit, strict=True)]


def _line(row: CountedLine, amount: int, bonus: int, *, own: bool) -> SaleShare:
    """Returns one line; of another member's sale without the customer and the price."""
    day = date.fromisoformat(row.sold_on)
    seen = SaleShare(day, row.article, row.points, bonus, amount, back=row.back)
    if not own:
        return seen
    return replace(
        seen,
        receipt=receipt_number(row.sale_id),
        quantity=row.quantity,
        paid=row.amount,
        buyer=row.buyer or "",
    )


def _shares(
    turn: Turn,
    explained: ExplainedMonth,
    page: Sequence[Credit],
    again: Sequence[Credit],
    number: int,
) -> tuple[Share, ...]:
    """Returns credits with names, rates and caps, numbered from `number`."""
    me, conn = turn.caller.member, turn.conn
    legs = credit_sales.legs(conn, me.id, [each.source_id for each in page])
    tops = {slug: top_rate(turn, explained, slug) for slug in {each.rule for each in page}}
    back = _taken(turn, explained)
    found = []
    for at, each in enumerate(page, number):
        cut, first, first_less = cuts(explained, each, again)
        top = tops[each.rule]
        shown = Share(
            number=at,
            rule=rule_name(explained.version, each.rule, turn.caller.language),
            kind=kind_of(explained.version, each.rule, each.level, company=each.part is not None),
            who="",
            code="",
            mine=each.source_id == me.id,
            leg="",
            level=each.level,
            rate_bp=each.rate_bp,
            top_bp=top if top >= each.rate_bp else 0,
            base=each.base,
            whole=each.whole,
            amount=each.amount,
            cut=cut,
            first=first,
            first_less=first_less,
            part=each.part,
            back=back.get((each.rule, each.source_id, each.level), 0),
        )
        if each.source_id != COMPANY:
            source = members.by_id(conn, each.source_id)
            leg_id, leg = legs.get(each.source_id, (each.source_id, ""))
            beside = "" if leg_id == each.source_id else masked_name(leg)
            shown = replace(shown, who=masked_name(source.name), code=source.code, leg=beside)
        found.append(shown)
    return tuple(found)


def _skips(version: Version | None) -> bool:
    rules = version.rules if version is not None else ()
    return any(rule.skips for rule in rules)


LOOKUPS: Lookups = {
    FindReasons: reasons,
    FindSourceSales: source_sales,
}
ACTIONS: Actions = {}
