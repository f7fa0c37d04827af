"""Ranks given by hand: by an admin in the chat, or on the command line."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection

from bot.core.calendar.periods import next_period, previous_period
from bot.core.conversation.messages import Message, Refusal
from bot.core.input.checked_json import string
from bot.core.plans import Plan
from bot.flows.office.given_ranks import (
    AskRankMonth,
    GivenRankDone,
    GivenRankNow,
    GiveRank,
    MonthHasClosed,
    OpenMonths,
    RankForYou,
)
from bot.services.bonus.wording import rank_name
from bot.store.db import audit_log, counters
from bot.store.ledger import given_ranks, periods
from bot.store.members import cards, members
from bot.turn.notices import send
from bot.turn.turn import Actions, Lookups, Turn

if TYPE_CHECKING:
    from bot.turn.runtime import BotRuntime

__all__ = ["ACTIONS", "LOOKUPS", "TASKS", "tell_given"]

TOLD_COUNTER: Final = "given ranks told"
TOLD_PER_TICK_MAX: Final = 50


def open_months(turn: Turn, _lookup: OpenMonths) -> tuple[str, ...]:
    """Returns last month if it is still open, this month and the next one."""
    this = turn.caller.period
    months = (previous_period(this), this, next_period(this))
    return tuple(each for each in months if periods.is_open_on(turn.conn, each))


def given_now(turn: Turn, lookup: GivenRankNow) -> str:
    """Returns the rank that a member holds by hand in a month."""
    card = cards.by_code(turn.conn, lookup.code)
    found = None if card is None else given_ranks.of_member(turn.conn, card.id, lookup.period)
    return found.rank if found is not None else ""


def give(turn: Turn, action: GiveRank) -> Iterable[Message]:
    """Give a rank or take it back; notify the member, and log who did it.

    Raises:
        Refusal: the month was closed meanwhile.
    """
    assert "admin" in turn.caller.roles, "only admins reach this action"
    card = cards.by_code(turn.conn, action.code)
    assert card is not None, "the flow has found it in this transaction"
    periods.hold_open(turn.conn)
    if not periods.is_open_on(turn.conn, action.period):
        raise Refusal(MonthHasClosed(action.period), AskRankMonth)
    by, facts = turn.caller.user_id, (action.period, action.rank, action.reason)
    row = given_ranks.add(turn.conn, card.id, *facts, at=turn.now, by=by)
    _note(turn.conn, by, card.id, action.period, action.rank, turn.now)
    plan = turn.company.plan
    person = members.reachable(turn.conn, card.id)
    if person is not None:
        theirs = _named(plan, action.period, action.rank, person.language)
        news = RankForYou(action.period, theirs, action.reason, _kept(plan, action.period))
        turn.tell(card.id, news, key=f"given_rank:{row}")
    name = _named(plan, action.period, action.rank, turn.caller.language)
    yield GivenRankDone(card.name, card.code, action.period, name)


def _note(
    conn: Connection, by: int | None, member_id: int, period: str, rank: str, at: datetime
) -> None:
    act = "rank given" if rank else "rank taken back"
    audit_log.note(conn, by, act, f"member {member_id} {rank} from {period}", at)


def _named(plan: Plan, period: str, slug: str, language: str) -> str:
    """Returns the name of a rank; empty for none."""
    version = plan.version_for(period)
    if version is None or not slug:
        return slug
    return rank_name(version, version.rank_numbers.get(slug, 0), language) or slug


def _kept(plan: Plan, period: str) -> bool:
    """Returns whether a given rank of that month counts for bonuses."""
    version = plan.version_for(period)
    return version is None or version.ranks_kept


def by_operator(conn: Connection, wish: Mapping[str, object], now: datetime) -> dict[str, object]:
    """Give a rank, or take it back; returns the member's code, or why it is refused."""
    code, period, rank = (string(wish, name) for name in ("code", "period", "rank"))
    card = cards.by_code(conn, code)
    if card is None:
        return {"refused": f"no member has the code {code}"}
    periods.hold_open(conn)
    if not periods.is_open_on(conn, period):
        return {"refused": f"{period} or a later month is closed or being closed, and stays"}
    given_ranks.add(conn, card.id, period, rank, string(wish, "reason"), at=now, by=None)
    _note(conn, None, card.id, period, rank, now)
    return {"code": card.code}


async def tell_given(runtime: "BotRuntime", now: datetime) -> int:
    """Notify members of ranks given on the command line; returns how many there were."""
    return await runtime.database.write(partial(_tell_some, runtime=runtime, now=now))


def _tell_some(conn: Connection, *, runtime: "BotRuntime", now: datetime) -> int:
    told = counters.read(conn, TOLD_COUNTER)
    found = given_ranks.by_operator(conn, told, TOLD_PER_TICK_MAX)
    for row in found:
        person = members.reachable(conn, row.member_id)
        if person is None:
            continue
        name = _named(runtime.company.plan, row.period, row.rank, person.language)
        kept = _kept(runtime.company.plan, row.period)
        news = RankForYou(row.period, name, row.reason, kept)
        key = f"given_rank:{row.id}"
        send(conn, runtime.content, runtime.company, person, news, key=key, at=now)
    if found:
        counters.put(conn, TOLD_COUNTER, found[-1].id)
    return len(found)


LOOKUPS: Lookups = {OpenMonths: open_months, GivenRankNow: given_now}
ACTIONS: Actions = {GiveRank: give}
TASKS: Final = {"give rank": by_operator}
