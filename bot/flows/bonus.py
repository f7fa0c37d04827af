"""What a month brings a member on top of the own profit, and where each rupiah comes from."""

from collections.abc import Sequence
from typing import Final

from bot.core.dialogue import Flow, find
from bot.core.messages import Message
from bot.core.months import some_month
from bot.core.typed import shown
from bot.flows.bonus_figures import (
    Ended,
    FindReasons,
    FindRunning,
    FindStatement,
    LevelSum,
    Share,
    Statement,
)
from bot.flows.bonus_words import (
    BonusSoFar,
    BonusStatement,
    MonthInFuture,
    MonthNotClosed,
    NoBonuses,
    NothingInMonth,
    UnknownMonth,
    WhyThisMuch,
)
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec

__all__ = ["SHARES_PER_PAGE", "SPEC", "WHY_SPEC", "bonus", "why"]

SHARES_PER_PAGE: Final = 6
PAGES_MAX: Final = 999
WHY_WORDS: Final = frozenset({"kenapa", "mengapa", "knp", "why"})
FILLERS: Final = frozenset({"segini", "segitu", "begini", "this", "much", "so"})


def bonus(caller: Caller, args: str) -> Flow[Message]:
    """Show the month that runs, `2026-10` one that is closed, `kenapa 2` where it comes from."""
    typed, why, page = _asked(args)
    period = some_month(typed, caller.period) if typed else caller.period
    if period is None:
        return UnknownMonth(shown(typed))
    if period > caller.period:
        return MonthInFuture(period)
    if why:
        return (yield from _why(caller, period, page))
    return (yield from _overview(caller, period))


def _overview(caller: Caller, period: str) -> Flow[Message]:
    """A month as a whole."""
    if period != caller.period:
        return _of_month(period, (yield from find(FindStatement(period))))
    found = yield from find(FindRunning())
    if not found.planned:
        return NoBonuses(period, found.months)
    return BonusSoFar(
        period=period,
        amount=_sum(found.levels),
        minutes=found.minutes,
        team=found.team,
        active=found.active,
        lacks=found.lacks,
        levels=found.levels,
        ended=found.ended,
        months=found.months,
    )


def _of_month(period: str, found: Statement | Ended | None) -> Message:
    if found is None:
        return NoBonuses(period, ())
    if isinstance(found, Ended):
        return MonthNotClosed(period, found.amount) if found.sold else NothingInMonth(period)
    if not found.count and not found.levels and not found.team_sold:
        return NothingInMonth(period)
    return BonusStatement(
        period=period,
        amount=_sum(found.levels),
        count=found.count,
        sales=found.sales,
        profit=found.profit,
        points=found.points,
        team_sold=found.team_sold,
        active=found.active,
        lacks=found.lacks,
        levels=found.levels,
        ready_on=found.ready_on,
        ready=found.ready,
    )


def _why(caller: Caller, period: str, page: int) -> Flow[Message]:
    """A page of credits; where there is none, the month as a whole says what is missing."""
    skip = (page - 1) * SHARES_PER_PAGE
    found = yield from find(FindReasons(period, SHARES_PER_PAGE, skip))
    if found is None or not found.levels:
        return (yield from _overview(caller, period))
    if not found.shares and page > 1:
        return (yield from _why(caller, period, 1))
    pages = _pages(found.count)
    return WhyThisMuch(
        period=period,
        closed=found.closed,
        running=period == caller.period,
        minutes=found.minutes,
        shares=found.shares,
        levels=found.levels,
        page=page,
        pages=pages,
        page_amount=_sum(found.shares),
        amount=_sum(found.levels),
        several=len({each.rule for each in found.levels}) > 1,
        skips=found.skips,
        newer=page - 1 if page > 1 else None,
        older=page + 1 if page < pages else None,
    )


def _sum(parts: Sequence[Share] | Sequence[LevelSum]) -> int:
    return sum(each.amount for each in parts)


def _pages(count: int) -> int:
    """How many pages that many credits take; one that is not full counts as a page."""
    return min(max(-(-count // SHARES_PER_PAGE), 1), PAGES_MAX)


def _asked(args: str) -> tuple[str, bool, int]:
    """The month in words, whether the reason is asked for, and which page of it."""
    words = args.casefold().replace("?", " ").split()
    place = next((at for at, word in enumerate(words) if word in WHY_WORDS), None)
    if place is None:
        return args.strip(), False, 1
    before = words[:place]
    after = [word for word in words[place + 1 :] if word not in FILLERS]
    if len(after) == 1 and _is_page(after[0]):
        return " ".join(before), True, max(int(after[0]), 1)
    return " ".join([*before, *after]), True, 1


def _is_page(word: str) -> bool:
    return word.isascii() and word.isdigit() and len(word) <= len(str(PAGES_MAX))


def why(caller: Caller, args: str) -> Flow[Message]:
    """The same as the button below a bonus, for those who type."""
    return (yield from bonus(caller, f"{args} kenapa".strip()))


SPEC = FlowSpec("bonus", bonus, ("bonus",), words=("bonus", "komisi", "commission"))
WHY_SPEC = FlowSpec(
    "why",
    why,
    ("kenapa", "why"),
    words=("kenapa segini?", "kenapa segini", "kenapa", "why this much?", "why this much", "why"),
)
