"""A member's bonus of a month, and where each rupiah comes from."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Flow, find
from bot.core.input.months import some_month
from bot.core.input.typed import shown
from bot.core.members.codes import read_code
from bot.flows.bonus.bonus_lookups import (
    EndedMonth,
    FindRunning,
    FindStatement,
    LevelSum,
    Statement,
)
from bot.flows.bonus.bonus_messages import (
    BonusSales,
    BonusSoFar,
    BonusStatement,
    MonthInFuture,
    MonthNotClosed,
    NoBonuses,
    NothingInMonth,
    UnknownMonth,
    WhyThisMuch,
)
from bot.flows.bonus.sources import FindReasons, FindSourceSales, SaleShare, Share
from bot.flows.bonus.why_nothing import chances, chances_asked
from bot.flows.caller import Caller
from bot.flows.spec import FlowSpec, HelpPlace, MenuPlace

__all__ = [
    "LINES_PER_PAGE",
    "SHARES_PER_PAGE",
    "SPEC",
    "WHY_SPEC",
    "bonus",
    "bonus_in_words",
    "why",
]

SHARES_PER_PAGE: Final = 6
LINES_PER_PAGE: Final = 6
PAGES_MAX: Final = 999
WHY_WORDS: Final = frozenset({"kenapa", "mengapa", "knp", "why"})
SALES_WORDS: Final = frozenset({"dari", "from"})
FILLERS: Final = frozenset({"segini", "segitu", "begini", "this", "much", "so"})


def bonus(caller: Caller, args: str) -> Flow[Message]:
    """Show the bonus of the current month, as an estimate, and what is missing for it.

    - `/bonus 2026-10` (or `oktober`, `okt 2026`, `bulan lalu`, `last month`): the statement of a
      closed month
    - `/bonus kenapa`, `/bonus 2026-10 kenapa 2` (in English `why`): where each rupiah comes from;
      `2` is its second page
    - `/bonus 2026-10 dari KODE` (in English `from`): the sales of one member that
      brought you a bonus, line by line; followed by `2`, their second page

    How it is calculated: docs/plans.md
    """
    asked = chances_asked(args)
    if asked is not None:
        return (yield from chances(caller, *asked))
    sales = _sales_asked(args)
    typed, why, page = _asked(args) if sales is None else (sales.typed, False, sales.page)
    period = some_month(typed, caller.period) if typed else caller.period
    if period is None:
        return UnknownMonth(shown(typed))
    if period > caller.period:
        return MonthInFuture(period)
    if sales is not None:
        return (yield from _sales(caller, period, sales.code, page))
    if why:
        return (yield from _why(caller, period, page))
    return (yield from _overview(caller, period))


def _overview(caller: Caller, period: str) -> Flow[Message]:
    """Show the month as a whole."""
    if period != caller.period:
        return _of_month(period, (yield from find(FindStatement(period))))
    found = yield from find(FindRunning())
    if not found.planned:
        return NoBonuses(period, found.months)
    return BonusSoFar(period, found, _sum(found.levels))


def _of_month(period: str, found: Statement | EndedMonth | None) -> Message:
    if found is None:
        return NoBonuses(period, ())
    if isinstance(found, EndedMonth):
        return MonthNotClosed(period, found.amount) if found.sold else NothingInMonth(period)
    if not found.count and not found.levels and not found.team_sold:
        return NothingInMonth(period)
    return BonusStatement(period, found, _sum(found.levels))


def _why(caller: Caller, period: str, page: int) -> Flow[Message]:
    """Show a page of credits; without any, the month as a whole says what is missing."""
    skip = (page - 1) * SHARES_PER_PAGE
    found = yield from find(FindReasons(period, SHARES_PER_PAGE, skip))
    if found is None or not found.levels:
        return (yield from _overview(caller, period))
    if not found.shares and page > 1:
        return (yield from _why(caller, period, 1))
    pages = _pages(found.count, SHARES_PER_PAGE)
    return WhyThisMuch(
        period=period,
        reasons=found,
        running=period == caller.period,
        page=page,
        pages=pages,
        page_amount=_sum(found.shares),
        amount=_sum(found.levels),
        several=len({each.rule for each in found.levels}) > 1,
        newer=page - 1 if page > 1 else None,
        older=page + 1 if page < pages else None,
    )


def _sales(caller: Caller, period: str, code: str, page: int) -> Flow[Message]:
    """Show a page of the sales behind credits; a code without credits is like no code."""
    skip = (page - 1) * LINES_PER_PAGE
    found = yield from find(FindSourceSales(period, code, LINES_PER_PAGE, skip))
    if found is None:
        return (yield from _why(caller, period, 1))
    if not found.sold and page > 1:
        return (yield from _sales(caller, period, code, 1))
    pages = _pages(found.count, LINES_PER_PAGE)
    return BonusSales(
        period=period,
        source=found,
        code=code,
        amount=_sum(found.shares),
        page=page,
        pages=pages,
        page_amount=_sum(found.sold),
        newer=page - 1 if page > 1 else None,
        older=page + 1 if page < pages else None,
    )


def _sum(parts: Sequence[Share] | Sequence[LevelSum] | Sequence[SaleShare]) -> int:
    return sum(each.amount for each in parts)


def _pages(count: int, rows: int) -> int:
    """Returns the number of pages, the last one full or not."""
    return min(max(-(-count // rows), 1), PAGES_MAX)


class _Sales(NamedTuple):
    """A question for one member's sales: the month in words, the code, the page."""

    typed: str
    code: str
    page: int


def _sales_asked(args: str) -> _Sales | None:
    words = args.split()
    place = next((at for at, word in enumerate(words) if word.casefold() in SALES_WORDS), None)
    after = words[place + 1 :] if place is not None else []
    code = read_code(after[0]) if after else None
    if code is None:
        return None
    page = max(int(after[1]), 1) if len(after) > 1 and _is_page(after[1]) else 1
    return _Sales(" ".join(words[:place]), code, page)


def bonus_in_words(text: str, running: str) -> str | None:
    """Returns the arguments for `bonus` of a text without a slash; None for other texts."""
    first, _, rest = text.strip().partition(" ")
    word = first.casefold()
    if word in SPEC.words and rest:
        typed, _, _ = _asked(rest)
        return rest if not typed or some_month(typed, running) else None
    if word in WHY_WORDS and rest:
        typed, _, _ = _asked(text)
        return text if typed and some_month(typed, running) else None
    return None


def _asked(args: str) -> tuple[str, bool, int]:
    """Returns the month in words, whether the reason is asked for, and its page."""
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
    """Show where a bonus comes from: the same as `/bonus kenapa`.

    Without a month it shows the newest bonus and names its month.
    """
    if not args:
        found = yield from find(FindRunning())
        newest = () if found.levels else (found.ended, *found.months)
        period = next((each.period for each in newest if each is not None and each.amount), None)
        if period is not None:
            return (yield from _why(caller, period, 1))
    return (yield from bonus(caller, f"{args} kenapa".strip()))


SPEC = FlowSpec(
    "bonus",
    bonus,
    ("bonus",),
    heard=(("bonus", "{month}"), ("points", "")),
    words=("bonus", "komisi", "commission"),
    after_leaving=True,
    in_help=(HelpPlace("money", column=2),),
    in_menu=(MenuPlace("members", 30),),
)
WHY_SPEC = FlowSpec(
    "why",
    why,
    ("kenapa", "why"),
    heard=(("why", ""),),
    words=("kenapa segini?", "kenapa segini", "kenapa", "why this much?", "why this much", "why"),
)
