"""A member is shown the bonus that the close pays, to the rupiah and not an hour sooner."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine

from bot.company import Company, load_company
from bot.content import Content, Reader
from bot.conversation.registry import FLOWS, answer_lookup
from bot.core.calendar.two_days import TwoDays
from bot.core.conversation.messages import Message
from bot.core.conversation.replay import Ended, play
from bot.core.plans import Conditions, Plan, Version, credits_of
from bot.core.plans.kinds.unilevel import Compression, Unilevel
from bot.flows.bonus.balance import Balance, Movements, NoMovements, balance
from bot.flows.bonus.bonus import SHARES_PER_PAGE, bonus
from bot.flows.bonus.bonus_lookups import ClosedMonth
from bot.flows.bonus.bonus_messages import (
    BonusSoFar,
    BonusStatement,
    MonthNotClosed,
    NoBonuses,
    NothingInMonth,
    WhyThisMuch,
)
from bot.flows.caller import Caller, Me
from bot.services.bonus import estimates
from bot.services.bonus.estimates import estimate
from bot.store.bonus import bonus_credits, closing
from bot.store.ledger import ledger, snapshots, volumes
from bot.store.team import sizes
from bot.turn.incoming import Incoming
from bot.turn.turn import Turn
from tests.store.seeding import add_members, forgotten, new_database

ROOT = Path(__file__).parents[3]
MONTH = "2026-11"
WITHIN = datetime(2026, 11, 20, 3, tzinfo=UTC)
AFTER = datetime(2026, 12, 2, 3, tzinfo=UTC)
LATER = datetime(2026, 12, 9, 3, tzinfo=UTC)
READY = date(2026, 12, 8)
SAMPLE = load_company(ROOT / "company.sample.toml")
CONTENT = Content(FLOWS, company=SAMPLE.name, office=SAMPLE.office_contact, bot="bot")

Seller = tuple[int | None, bool, int, int]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("bonus"))


@st.composite
def rules(draw: st.DrawFn) -> tuple[Unilevel, ...]:
    """One or two rules."""
    found = []
    for slug in ("tim", "bina")[: draw(st.integers(1, 2))]:
        rates = tuple(draw(st.lists(st.integers(0, 2_000), min_size=1, max_size=4)))
        way: Compression = draw(st.sampled_from(["none", "skip-inactive"]))
        names = (("id", f"Bonus {slug}"), ("en", f"The {slug} bonus"))
        conditions = Conditions(draw(st.integers(0, 40)))
        found.append(Unilevel(slug, names, rates, way, conditions))
    return tuple(found)


@st.composite
def sellers(draw: st.DrawFn) -> list[Seller]:
    """A tree of members: each one's sponsor, whether active, points and bonus value."""
    count = draw(st.integers(1, 14))
    return [
        (
            draw(st.integers(1, place)) if place and draw(st.integers(0, 5)) else None,
            draw(st.integers(0, 4)) > 0,
            draw(st.integers(0, 60)),
            draw(st.one_of(st.just(0), st.integers(1, 10**9))),
        )
        for place in range(count)
    ]


@dataclass
class Scenario:
    """A company with its database, and the screens that its members ask for."""

    conn: Connection
    company: Company
    people: list[Seller]

    def look(self, member_id: int, args: str, at: datetime, flow: Any = bonus) -> Message:
        """Returns the message shown to a member."""
        active = self.people[member_id - 1][1]
        me = Me(member_id, f"C{member_id:07d}", f"Mitra Ke-{member_id}", "Ibu", "Asia/Jakarta")
        caller = Caller(
            user_id=member_id,
            language="id",
            me=replace(me, active=active),
            roles=frozenset(),
            at=at,
            today=at.date(),
            began=TwoDays(at.date(), at.date()),
            period=f"{at:%Y-%m}",
            company=self.company,
        )
        incoming = Incoming(1, "text", member_id, member_id, private=True, text="", at=at)
        reader = Reader("id", "Ibu", "Sari")
        turn = Turn(self.conn, CONTENT, self.company, incoming, caller, reader, "bot", 1)
        outcome = play(lambda: flow(caller, args), lambda wanted: answer_lookup(turn, wanted))
        assert isinstance(outcome, Ended)
        assert isinstance(outcome.result, Message)
        return outcome.result

    def see(self, at: datetime) -> list[Message]:
        """Returns all that any member could see of the month."""
        looks = [("", bonus), (MONTH, bonus), (f"{MONTH} kenapa 1", bonus)]
        looks += [("", balance), ("mutasi", balance)]
        members = range(1, len(self.people) + 1)
        return [self.look(member, args, at, flow) for member in members for args, flow in looks]

    @property
    def version(self) -> Version:
        version = self.company.plan.version_for(MONTH)
        assert version is not None
        return version

    def begin(self) -> closing.Sums:
        """Take every step of the closing but the last."""
        closing.begin(
            self.conn,
            MONTH,
            plan=self.version.since,
            digest=self.version.digest,
            ready_on=READY,
            at=AFTER,
            point_value=1,
        )
        found = credits_of(self.version, snapshots.of_company(self.conn, MONTH, self.version))
        closing.add_credits(self.conn, MONTH, found)
        payees = closing.payees_of(self.conn, MONTH)
        closing.post_bonuses(self.conn, MONTH, payees, AFTER)
        return closing.sums(self.conn, MONTH)

    def close(self) -> None:
        """Close the month."""
        assert closing.finish(self.conn, MONTH, self.begin(), AFTER, cut=0) is None


@contextmanager
def scenario(
    engine: Engine, people: list[Seller], rules_: tuple[Unilevel, ...]
) -> Iterator[Scenario]:
    company = replace(SAMPLE, plan=Plan((Version("2026-01", rules_),)))
    with forgotten(engine) as conn:
        add_members(conn, [person[0] for person in people])
        for member_id, (sponsor, active, points, value) in enumerate(people, 1):
            sizes.joined(conn, member_id, sponsor, MONTH)
            if not active:
                conn.exec_driver_sql("UPDATE members SET active = 0 WHERE id = ?", (member_id,))
            if points or value:
                volumes.add_sale(
                    conn,
                    member_id,
                    MONTH,
                    sales=value + 1,
                    points=points,
                    profit=1,
                    bonus=value,
                    to_customer=True,
                    point_value=0,
                    sign=1,
                )
        yield Scenario(conn, company, people)


def every_page(case: Scenario, member: int, at: datetime) -> list[WhyThisMuch]:
    """Returns all pages of credits; none where a month had none."""
    found = []
    for page in itertools.count(1):
        shown = case.look(member, f"{MONTH} kenapa {page}", at)
        if not isinstance(shown, WhyThisMuch):
            assert page == 1
            return []
        found.append(shown)
        if shown.older is None:
            return found
    raise AssertionError


@given(sellers(), rules())
@settings(deadline=None, max_examples=60)
def test_a_closed_month_shows_what_was_posted(
    engine: Engine, people: list[Seller], rules_: tuple[Unilevel, ...]
) -> None:
    with scenario(engine, people, rules_) as case:
        case.close()
        for member in range(1, len(people) + 1):
            posted = ledger.balance(case.conn, f"member:{member}:wallet")
            shown = case.look(member, MONTH, LATER)
            assert isinstance(shown, BonusStatement | NothingInMonth)
            amount = 0 if isinstance(shown, NothingInMonth) else shown.amount
            assert amount == posted
            if isinstance(shown, BonusStatement):
                assert sum(level.amount for level in shown.statement.levels) == posted
            pages = every_page(case, member, LATER)
            assert sum(page.page_amount for page in pages) == posted
            assert all(page.amount == posted and len(page.reasons.shares) <= 8 for page in pages)
            for share in (share for page in pages for share in page.reasons.shares):
                assert share.amount == share.base * share.rate_bp // 10_000
            wallet = case.look(member, "", LATER, balance)
            assert isinstance(wallet, Balance)
            assert (wallet.month.balance, wallet.month.held) == (posted, 0)


@given(sellers(), rules())
@settings(deadline=None, max_examples=60)
def test_the_estimate_of_every_member_is_what_the_close_credits(
    engine: Engine, people: list[Seller], rules_: tuple[Unilevel, ...]
) -> None:
    with scenario(engine, people, rules_) as case:
        members = range(1, len(people) + 1)
        expected = {
            member: estimate(case.conn, case.company, member, WITHIN) for member in members
        }
        before = {member: case.look(member, "", WITHIN) for member in members}
        pages = {member: every_page(case, member, WITHIN) for member in members}
        case.close()
        for member in members:
            found = expected[member]
            assert found is not None
            rows = case.conn.exec_driver_sql(
                "SELECT member_id, rule, source_id, level, base, rate_bp, amount FROM credits "
                "WHERE member_id = ?",
                (member,),
            )
            credited = {tuple(row) for row in rows}
            assert {credit[:7] for credit in found.credits} == credited
            shown = before[member]
            assert isinstance(shown, BonusSoFar)
            assert shown.amount == ledger.balance(case.conn, f"member:{member}:wallet")
            then = every_page(case, member, LATER)
            assert [page.page_amount for page in pages[member]] == [
                page.page_amount for page in then
            ]


@given(sellers(), rules())
@settings(deadline=None, max_examples=40)
def test_no_member_sees_a_month_while_it_is_being_closed(
    engine: Engine, people: list[Seller], rules_: tuple[Unilevel, ...]
) -> None:
    with scenario(engine, people, rules_) as case:
        before = case.see(AFTER)
        sums = case.begin()
        assert case.see(AFTER) == before
        assert closing.finish(case.conn, MONTH, sums, AFTER, cut=0) is None
        if sums.paid:
            assert case.see(AFTER) != before


TEN = Conditions(own_points_min=10)
LINE = (Unilevel("tim", (("id", "Bonus tim"), ("en", "Team bonus")), (1_000,), "none", TEN),)


def test_a_bonus_waits_until_the_return_period_is_over(engine: Engine) -> None:
    with scenario(engine, [(None, True, 10, 0), (1, True, 0, 100_000)], LINE) as case:
        case.close()
        early, ready = (case.look(1, "", at, balance) for at in (AFTER, LATER))
        assert isinstance(early, Balance)
        assert isinstance(ready, Balance)
        assert (early.month.available, early.month.held, early.month.ready_on) == (
            0,
            10_000,
            READY,
        )
        assert (ready.month.available, ready.month.held, ready.month.ready_on) == (10_000, 0, None)
        rows = case.look(1, "mutasi", AFTER, balance)
        assert isinstance(rows, Movements)
        assert [(row.receipt, row.period, row.amount) for row in rows.rows] == [
            ("", MONTH, 10_000)
        ]
        assert isinstance(case.look(2, "mutasi", AFTER, balance), NoMovements)


def test_the_day_on_which_it_can_be_taken_begins_by_the_companys_clock(engine: Engine) -> None:
    with scenario(engine, [(None, True, 10, 0), (1, True, 0, 100_000)], LINE) as case:
        case.close()
        midnight = datetime(2026, 12, 7, 17, tzinfo=UTC)
        for at, available in ((midnight.replace(hour=16), 0), (midnight, 10_000)):
            shown = case.look(1, "", at, balance)
            assert isinstance(shown, Balance)
            assert shown.month.available == available


def test_missing_points_are_shown_with_the_rule_that_asks_for_them(
    engine: Engine,
) -> None:
    with scenario(engine, [(None, True, 4, 1), (1, True, 0, 100_000)], LINE) as case:
        shown = case.look(1, "", WITHIN)
        assert isinstance(shown, BonusSoFar)
        assert [(lack.rule, lack.points) for lack in shown.running.lacks] == [("Bonus tim", 6)]
        case.close()
        then = case.look(1, MONTH, AFTER)
        assert isinstance(then, BonusStatement)
        assert [(lack.rule, lack.points) for lack in then.statement.lacks] == [("Bonus tim", 6)]
        assert then.statement.team_sold


def test_a_large_team_is_shown_by_level_and_gets_names_after_the_closing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scenario(engine, [(None, True, 10, 0), (1, True, 0, 100_000)], LINE) as case:
        found = estimate(case.conn, case.company, 1, WITHIN)
        assert found is not None
        bonus_credits.put_estimates(case.conn, MONTH, [(1, found.levels)])
        monkeypatch.setattr(estimates, "TEAM_WALK_MAX", 0)
        shown = case.look(1, "kenapa", WITHIN)
        assert isinstance(shown, WhyThisMuch)
        assert (shown.reasons.shares, shown.amount, shown.pages) == ((), 10_000, 1)
        assert shown.reasons.minutes > 0
        case.close()
        then = case.look(1, f"{MONTH} kenapa", AFTER)
        assert isinstance(then, WhyThisMuch)
        assert [share.amount for share in then.reasons.shares] == [10_000]


@pytest.mark.parametrize("page", ["00", "2", "99", "999", "9999", "x"])
def test_an_unknown_page_shows_the_first(engine: Engine, page: str) -> None:
    with scenario(engine, [(None, True, 10, 0), (1, True, 0, 100_000)], LINE) as case:
        case.close()
        shown = case.look(1, f"{MONTH} kenapa {page}", AFTER)
        if page in {"9999", "x"}:  # read as part of the month's name, and no month has it
            assert type(shown).__name__ == "UnknownMonth"
        else:
            assert isinstance(shown, WhyThisMuch)
            assert shown.page == 1


def test_without_a_plan_only_posted_bonuses_are_shown(engine: Engine) -> None:
    with scenario(engine, [(None, True, 10, 0), (1, True, 0, 100_000)], LINE) as case:
        case.close()
        case.company = replace(case.company, plan=Plan())
        assert case.look(1, "", AFTER) == NoBonuses("2026-12", (ClosedMonth(MONTH, 10_000),))
        assert case.look(1, "kenapa", AFTER) == case.look(1, "", AFTER)
        statement = case.look(1, MONTH, AFTER)
        assert isinstance(statement, BonusStatement)
        assert statement.amount == 10_000
        assert isinstance(case.look(1, "2026-10", AFTER), NoBonuses)
        shown = case.look(1, "", AFTER, balance)
        assert isinstance(shown, Balance)
        assert (shown.month.planned, shown.month.held) == (False, 10_000)


@pytest.mark.parametrize(
    "typed",
    ["kenapa 2026-11", "2026-11 kenapa", "Kenapa segini? november", "why this much november"],
)
def test_the_reason_can_be_asked_for_in_many_ways(engine: Engine, typed: str) -> None:
    with scenario(engine, [(None, True, 10, 0), (1, True, 0, 100_000)], LINE) as case:
        assert isinstance(case.look(1, MONTH, AFTER), MonthNotClosed)
        shown = case.look(1, typed, AFTER)
        assert isinstance(shown, WhyThisMuch)
        assert (shown.period, shown.reasons.closed, shown.running) == (MONTH, False, False)
        assert len(shown.reasons.shares) <= SHARES_PER_PAGE
