"""Estimates of a member's bonus in a month that is not closed, under the present plan.

A bonus follows from the member's own team, so for most members it is computed when they ask. For
the few with a large team a child process computes the whole month every ten minutes; the stored
figures are shown with their age.
"""

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final, Literal, NamedTuple, TypeAlias

from sqlalchemy import Connection

from bot.company import Company
from bot.core.calendar.periods import period_of, previous_period
from bot.core.input.checked_json import integer
from bot.core.plans import (
    Credit,
    Month,
    Plan,
    Version,
    credits_of,
    month_under,
)
from bot.store.bonus import bonus_credits
from bot.store.bonus.bonus_credits import Level
from bot.store.bonus.estimate_process import levels_in_child
from bot.store.customers import customers
from bot.store.db import counters
from bot.store.ledger import given_ranks, periods, snapshots
from bot.system.child_process import Facts
from bot.turn.runtime import BotRuntime

__all__ = [
    "TEAM_WALK_MAX",
    "Estimate",
    "Estimator",
    "TeamMonth",
    "credits_in",
    "estimate",
    "known_later",
    "refresh",
    "team_month",
]

TEAM_WALK_MAX: Final = 500
"""Larger teams are not read when their upline asks; their estimates are stored."""

REFRESH_EVERY: Final = timedelta(minutes=10)
MEMBERS_PER_UNIT: Final = 100
STAMP_BYTES: Final = 7
STAMP_COUNTER: Final = "estimates"
COMPUTED_AT_COUNTER: Final = "estimates at"

Work: TypeAlias = Callable[[], Awaitable[Facts]]
RunAsJob: TypeAlias = Callable[[str, Facts, Work], Awaitable[Facts]]
"""Runs long work of a kind as a job, so that its progress can be seen."""


async def _run_directly(_kind: str, _wish: Facts, work: Work) -> Facts:
    return await work()


class TeamMonth(NamedTuple):
    """The month of one member and the team below.

    Attributes:
        version: of the plan that holds for the month.
        month: the member with the whole team, without uplines.
        place: of the member.
    """

    version: Version
    month: Month
    place: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A member's estimate of a month.

    Attributes:
        levels: by rule and level.
        credits: one by one, by rule and level, the largest first; empty for a large team.
        minutes: age of the figures; 0 where they were computed just now.
        before_cap: whether the company's cap, which depends on all sales, may still cut it.
        before_guarantee: whether a part may still go to an upline leader.
        later: slugs of the rules that pay as well, with amounts known only after the close.
    """

    levels: tuple[Level, ...]
    credits: tuple[Credit, ...]
    minutes: int
    before_cap: bool = False
    before_guarantee: bool = False
    later: tuple[str, ...] = ()

    @property
    def amount(self) -> int:
        """Rupiah in all."""
        return sum(each.amount for each in self.levels)


def estimate(conn: Connection, company: Company, member_id: int, at: datetime) -> Estimate | None:
    """Returns a member's estimate of the running month; None where no plan holds."""
    period = period_of(at, company.time_zone)
    version = company.plan.version_for(period)
    if version is None:
        return None
    seen = team_month(conn, company, member_id, period)
    if seen is None or seen == "large":
        kept = bonus_credits.estimated(conn, member_id, period)
        return Estimate(
            tuple(each for each in kept if each.sources),
            (),
            _age(conn, company, at),
            later=tuple(each.rule for each in kept if not each.sources),
        )
    mine = credits_in(seen)
    return Estimate(
        Level.sums(mine),
        mine,
        0,
        before_cap=version.caps.company_bp is not None,
        before_guarantee=any(rule.guarantees for rule in version.rules),
        later=known_later(seen),
    )


def known_later(seen: TeamMonth) -> tuple[str, ...]:
    """Returns the slugs of the rules that pay the member out of all sales of the company.

    The member meets their conditions so far; the amounts are known only after the close.
    """
    return tuple(
        rule.slug
        for rule in seen.version.rules
        if rule.needs == "company"
        and not rule.conditions.lacks(seen.month, seen.place)
        and rule.first_row_lack(seen.month, seen.place) is None
    )


def credits_in(seen: TeamMonth) -> tuple[Credit, ...]:
    """Returns a member's credits of a month by rule and level, the largest first.

    What depends on all sales of the company is left out: its cap, and pools.
    """
    version, snapshot = seen.version, seen.month.snapshot
    rules = tuple(rule for rule in version.rules if rule.needs != "company")
    uncapped = replace(version, rules=rules, caps=replace(version.caps, company_bp=None))
    mine = [
        each
        for each in credits_of(uncapped, snapshot)
        if each.member_id == snapshot.ids[seen.place]
    ]
    return tuple(
        sorted(mine, key=lambda each: (each.rule, each.level, -each.amount, each.source_id))
    )


def team_month(
    conn: Connection, company: Company, member_id: int, period: str
) -> TeamMonth | Literal["large"] | None:
    """Returns a member's team in a month; None where no plan holds, "large" above the limit.

    A closed month has the sales as they were closed, but memberships as they are today.
    """
    version = company.plan.version_for(period)
    if version is None:
        return None
    if bonus_credits.team_size(conn, member_id) > TEAM_WALK_MAX:
        return "large"
    team = snapshots.of_team(conn, member_id, period, version)
    return TeamMonth(version, month_under(version, team), team.ids.index(member_id))


def _age(conn: Connection, company: Company, at: datetime) -> int:
    """Returns the age of stored figures in minutes, at least 1."""
    running = period_of(at, company.time_zone)
    if counters.read(conn, STAMP_COUNTER) == _stamp(conn, plan=company.plan, period=running):
        return 1
    return max((int(at.timestamp()) - counters.read(conn, COMPUTED_AT_COUNTER)) // 60, 1)


class Estimator:
    """Refreshes the estimates of large teams, every ten minutes when something was sold."""

    def __init__(self, run_as_job: RunAsJob = _run_directly) -> None:
        self._at: datetime | None = None
        self._run_as_job = run_as_job

    async def refresh(self, runtime: BotRuntime, now: datetime) -> None:
        """Compute the open months again, if ten minutes have passed."""
        if self._at is not None and self._at <= now < self._at + REFRESH_EVERY:
            return
        self._at = now
        await refresh(runtime, now, self._run_as_job)


async def refresh(runtime: BotRuntime, now: datetime, run_as_job: RunAsJob = _run_directly) -> int:
    """Compute and store the open months of members with large teams; returns how many.

    Raises:
        JobError: the child process failed; the stored estimates stay as they were.
    """
    running = period_of(now, runtime.company.time_zone)
    stamp = await runtime.database.read(partial(_stamp, plan=runtime.company.plan, period=running))
    if await runtime.database.read(partial(counters.read, name=STAMP_COUNTER)) == stamp:
        return 0

    async def work() -> Facts:
        return {"members": await _keep_all(runtime, now, running, stamp)}

    done = await run_as_job("estimates", {"period": running}, work)
    return integer(done, "members")


async def _keep_all(runtime: BotRuntime, now: datetime, running: str, stamp: int) -> int:
    last = previous_period(running)
    count = 0
    for period in (last, running):
        version = runtime.company.plan.version_for(period)
        if version is not None:
            count = await _work_out(runtime, version, period)
    await runtime.database.write(partial(_note, stamp=stamp, since=last, now=now))
    return count


async def _work_out(runtime: BotRuntime, version: Version, period: str) -> int:
    large = await runtime.database.read(partial(_large, period=period))
    if not large:
        return 0
    found = await levels_in_child(runtime.database.url, version, period, large)
    for start in range(0, len(found), MEMBERS_PER_UNIT):
        part = found[start : start + MEMBERS_PER_UNIT]
        await runtime.database.write(
            partial(bonus_credits.put_estimates, period=period, found=part)
        )
    return len(found)


def _stamp(conn: Connection, *, plan: Plan, period: str) -> int:
    """Returns a number that changes with all that an estimate comes from.

    That is any sale, merged customers, given ranks, the plan, and the begin and close of months.
    """
    closed = [row.period for row in periods.latest_closed(conn, 1)]
    merges = counters.read(conn, customers.MERGES_COUNTER)
    given = given_ranks.last_id(conn)
    facts = f"{bonus_credits.last_posting(conn)} {merges} {given} {period} {closed} {plan}"
    return int.from_bytes(hashlib.sha256(facts.encode()).digest()[:STAMP_BYTES])


def _large(conn: Connection, *, period: str) -> Sequence[int]:
    return bonus_credits.large_teams(conn, TEAM_WALK_MAX) if periods.is_open(conn, period) else ()


def _note(conn: Connection, *, stamp: int, since: str, now: datetime) -> None:
    bonus_credits.forget_estimates(conn, since)
    counters.put(conn, STAMP_COUNTER, stamp)
    counters.put(conn, COMPUTED_AT_COUNTER, int(now.timestamp()))
