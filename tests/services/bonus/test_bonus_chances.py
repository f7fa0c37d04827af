"""Why a month brings nothing and what would bring more: every figure follows from the plan."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

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
from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Generation,
    Legs,
    Personal,
    Plan,
    Pool,
    Rank,
    Rule,
    Unilevel,
    Version,
    credits_of,
    work_out,
)
from bot.flows.bonus.bonus import bonus
from bot.flows.bonus.bonus_chances_messages import NextSteps, WhyNothing
from bot.flows.bonus.bonus_messages import MonthInFuture, NoBonuses, UnknownMonth
from bot.flows.bonus.why_nothing import NEXT_SPEC, STEPS_MAX, WHY_NOT_SPEC
from bot.flows.bonus.why_nothing_lookups import GoesTo, Lacking
from bot.flows.caller import Caller, Me
from bot.services.bonus import estimates
from bot.store.bonus import closing
from bot.store.ledger import snapshots, volumes
from bot.store.team import sizes
from bot.turn.incoming import Incoming
from bot.turn.turn import Turn
from tests.store.seeding import add_members, forgotten, new_database

ROOT = Path(__file__).parents[3]
MONTH = "2026-11"
WITHIN = datetime(2026, 11, 20, 3, tzinfo=UTC)
AFTER = datetime(2026, 12, 2, 3, tzinfo=UTC)
SAMPLE = load_company(ROOT / "company.sample.toml")
CONTENT = Content(FLOWS, company=SAMPLE.name, office=SAMPLE.office_contact, bot="bot")

NAMES = (("id", "Bonus tim"), ("en", "Team bonus"))
LINE = Unilevel("tim", NAMES, (1_000, 500), "skip-inactive", Conditions(50))
TABLE = Differential("selisih", (("id", "Selisih"),), ((200, 300), (600, 600)))
BRONZE = Rank("bronze", (("id", "Perunggu"),), own_points=100)
SILVER = Rank("silver", (("id", "Perak"),), group_points=1_000, legs=(Legs(2, 1),))

Seller = tuple[int | None, bool, int, int]
"""Sponsor, whether active, points, bonus value."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return new_database(tmp_path_factory.mktemp("chances"))


def plan(*rules: Rule, ranks: tuple[Rank, ...] = (), caps: Caps | None = None) -> Version:
    return Version("2026-01", rules, ranks, caps=caps or Caps(), breakaway=len(ranks))


@dataclass
class Scenario:
    """A company with its database, and the answers its members get."""

    conn: Connection
    company: Company

    def ask(self, member_id: int, args: str, at: datetime = WITHIN) -> Message:
        """Returns the message shown to a member."""
        row = self.conn.exec_driver_sql("SELECT active FROM members WHERE id = ?", (member_id,))
        me = Me(member_id, f"C{member_id:07d}", "Sari", "Ibu", "Asia/Jakarta")
        caller = Caller(
            user_id=member_id,
            language="id",
            me=replace(me, active=bool(row.scalar_one())),
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
        outcome = play(lambda: bonus(caller, args), lambda wanted: answer_lookup(turn, wanted))
        assert isinstance(outcome, Ended)
        assert isinstance(outcome.result, Message)
        assert CONTENT.screen(outcome.result, reader).text
        return outcome.result

    def missed(self, member_id: int = 1, args: str = "tidak", at: datetime = WITHIN) -> WhyNothing:
        found = self.ask(member_id, args, at)
        assert isinstance(found, WhyNothing)
        return found

    def steps(self, member_id: int = 1) -> NextSteps:
        found = self.ask(member_id, "lanjut")
        assert isinstance(found, NextSteps)
        return found

    def close(self) -> None:
        """Close the month."""
        version = self.company.plan.version_for(MONTH)
        assert version is not None
        closing.begin(
            self.conn,
            MONTH,
            plan=version.since,
            digest=version.digest,
            ready_on=date(2026, 12, 8),
            at=AFTER,
            point_value=1,
        )
        found = credits_of(version, snapshots.of_company(self.conn, MONTH, version))
        closing.add_credits(self.conn, MONTH, found)
        closing.post_bonuses(self.conn, MONTH, closing.payees_of(self.conn, MONTH), AFTER)
        sums = closing.sums(self.conn, MONTH)
        assert closing.finish(self.conn, MONTH, sums, AFTER, cut=0) is None

    def suspend(self, member_id: int) -> None:
        self.conn.exec_driver_sql("UPDATE members SET active = 0 WHERE id = ?", (member_id,))


@contextmanager
def scenario(engine: Engine, people: list[Seller], version: Version) -> Iterator[Scenario]:
    with forgotten(engine) as conn:
        add_members(conn, [person[0] for person in people])
        case = Scenario(conn, replace(SAMPLE, plan=Plan((version,))))
        for member_id, (sponsor, active, points, value) in enumerate(people, 1):
            sizes.joined(conn, member_id, sponsor, MONTH)
            if not active:
                case.suspend(member_id)
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
        yield case


TEAM: list[Seller] = [(None, True, 20, 0), (1, True, 60, 300_000), (1, True, 0, 100_000)]


def test_a_missed_bonus_is_shown_with_what_lacks_and_where_it_goes(engine: Engine) -> None:
    with scenario(engine, TEAM, plan(LINE)) as case:
        found = case.missed()
        (lost,) = found.missed
        assert (lost.rule, lost.amount, lost.sources, lost.goes) == (
            "Bonus tim",
            40_000,
            2,
            "up",
        )
        assert lost.lacks == (Lacking("own_points", 30, ""),)
        assert (found.chances.closed, found.running, found.chances.amount) == (False, True, 0)


@pytest.mark.parametrize(
    ("rule", "goes"),
    [
        (Unilevel("r", NAMES, (1_000,), "none", Conditions(50)), "company"),
        (Unilevel("r", NAMES, (1_000,), "skip-inactive", Conditions(rank_min=1)), "company"),
        (Unilevel("r", NAMES, (1_000,), "skip-inactive", Conditions(50, rank_min=1)), "up"),
        (Unilevel("r", NAMES, (1_000,), "skip-below-rank", Conditions(rank_min=1)), "up"),
        (Differential("r", NAMES, ((1, 600),), conditions=Conditions(50)), "up"),
        (Personal("r", NAMES, ((0, 600),), Conditions(50)), "company"),
        (Pool("r", NAMES, 100, Conditions(rank_min=1)), "sharers"),
    ],
)
def test_where_it_goes_follows_from_the_kind_of_rule(
    engine: Engine, rule: Rule, goes: GoesTo
) -> None:
    people: list[Seller] = [(None, True, 20, 10_000), (1, True, 0, 300_000)]
    with scenario(engine, people, plan(rule, ranks=(BRONZE,))) as case:
        (lost,) = case.missed().missed
        assert lost.goes == goes


def test_a_closed_month_is_explained_by_its_own_sales(engine: Engine) -> None:
    with scenario(engine, TEAM, plan(LINE)) as case:
        case.close()
        volumes.add_sale(
            case.conn,
            1,
            "2026-12",
            sales=1,
            points=90,
            profit=0,
            bonus=1,
            to_customer=True,
            point_value=0,
            sign=1,
        )
        then = case.missed(args=f"{MONTH} tidak", at=AFTER)
        assert (then.chances.closed, then.missed[0].amount) == (True, 40_000)
        assert case.missed(args="bulan lalu kenapa tidak dapat?", at=AFTER) == then


def test_a_bonus_paid_at_the_close_is_never_shown_as_missed(engine: Engine) -> None:
    people: list[Seller] = [(None, True, 60, 0), (1, True, 0, 100_000)]
    with scenario(engine, people, plan(LINE)) as case:
        case.close()
        case.suspend(1)
        then = case.missed(args=f"tidak {MONTH}", at=AFTER)
        assert (then.chances.amount, then.missed) == (10_000, ())


def test_a_member_suspended_only_at_the_close_is_shown_no_missing_points(
    engine: Engine,
) -> None:
    people: list[Seller] = [(None, False, 60, 0), (1, True, 0, 100_000)]
    with scenario(engine, people, plan(LINE)) as case:
        case.close()
        case.conn.exec_driver_sql("UPDATE members SET active = 1 WHERE id = 1")
        then = case.missed(args=f"tidak {MONTH}", at=AFTER)
        assert (then.chances.amount, then.missed) == (0, ())
        assert [each.cause for each in then.unpaid] == ["then"]


def test_members_who_were_passed_over_are_shown_without_their_customers(engine: Engine) -> None:
    rule = Unilevel("tim", NAMES, (1_000,), "skip-inactive", Conditions(50, 2))
    people: list[Seller] = [
        (None, True, 60, 0),
        *[(each, True, 10 * each, 0) for each in range(1, 6)],
        (6, True, 0, 100_000),
    ]
    with scenario(engine, people, plan(rule)) as case:
        found = case.missed()
        assert [each.code for each in found.chances.skipped] == [
            "C0000002",
            "C0000003",
            "C0000004",
        ]
        assert found.chances.skipped_more == 2
        assert found.chances.skipped[0].lacks == (
            Lacking("own_points", 40, ""),
            Lacking("customers", 0, ""),
        )
        assert all(each.climbs for each in found.chances.skipped)


def test_a_member_who_was_unpaid_but_not_skipped_is_not_shown(engine: Engine) -> None:
    rule = Unilevel("tim", NAMES, (1_000, 500), "none", Conditions(50))
    people: list[Seller] = [(None, True, 60, 0), (1, True, 0, 0), (2, True, 0, 100_000)]
    with scenario(engine, people, plan(rule)) as case:
        found = case.missed()
        assert (found.chances.amount, found.chances.skipped, found.missed, found.unpaid) == (
            5_000,
            (),
            (),
            (),
        )


def test_of_generations_only_a_leader_is_passed_over(engine: Engine) -> None:
    rule = Generation("gen", NAMES, (400,), conditions=Conditions(50))
    ranks = (Rank("leader", (), group_points=300),)
    people: list[Seller] = [
        (None, True, 60, 0),
        (1, True, 10, 0),
        (2, True, 40, 0),
        (3, True, 300, 100_000),
    ]
    with scenario(engine, people, plan(rule, ranks=ranks)) as case:
        found = case.missed()
        assert (found.chances.amount, [each.code for each in found.chances.skipped]) == (
            4_000,
            ["C0000002", "C0000003"],
        )
    with scenario(engine, people, plan(rule, ranks=(Rank("leader", (), own_points=50),))) as case:
        found = case.missed()
        assert (found.chances.amount, found.chances.skipped) == (4_000, ())


LADDER = (BRONZE, SILVER)


@pytest.mark.parametrize(
    ("rule", "people", "cause"),
    [
        (LINE, [(None, True, 60, 9_000), (1, True, 0, 0)], "unsold"),
        (
            Unilevel("r", NAMES, (1_000,), "none"),
            [(None, True, 60, 0), (1, True, 0, 0), (2, True, 0, 90_000)],
            "deep",
        ),
        (LINE, [(None, True, 60, 0), (1, True, 1, 5)], "small"),
        (TABLE, [(None, True, 60, 9_000), (1, True, 0, 0)], "points"),
        (TABLE, [(None, True, 0, 0), (1, True, 300, 90_000)], "same"),
        (
            Personal("r", NAMES, ((100, 500),)),
            [(None, True, 60, 9_000), (1, True, 0, 0)],
            "points",
        ),
        (
            Differential("r", NAMES, ((1, 600),), "rank"),
            [(None, True, 60, 9_000), (1, True, 0, 0)],
            "rank",
        ),
        (Generation("r", NAMES, (400,)), [(None, True, 60, 9_000), (1, True, 1, 1)], "rank"),
        (
            Generation("r", NAMES, (400,)),
            [(None, True, 900, 9_000), (1, True, 100, 1), (1, True, 100, 1)],
            "groups",
        ),
    ],
)
def test_where_nothing_was_missed_the_reason_is_shown(
    engine: Engine, rule: Rule, people: list[Seller], cause: str
) -> None:
    with scenario(engine, people, plan(rule, ranks=LADDER)) as case:
        found = case.missed()
        assert (found.chances.amount, found.missed) == (0, ())
        assert [each.cause for each in found.unpaid] == [cause]


def test_the_first_rate_of_a_table_is_shown_with_what_lacks_for_it(engine: Engine) -> None:
    with scenario(engine, [(None, True, 60, 9_000), (1, True, 30, 1)], plan(TABLE)) as case:
        (row,) = case.missed().unpaid
        assert (row.rate_bp, row.lacks) == (300, (Lacking("group_points", 110, ""),))


def test_a_cap_says_how_much_it_took(engine: Engine) -> None:
    people: list[Seller] = [(None, True, 60, 0), (1, True, 0, 900_000)]
    with scenario(engine, people, plan(LINE, caps=Caps(member=50_000))) as case:
        for at in (WITHIN, AFTER):
            if at == AFTER:
                case.close()
            found = case.missed(args=f"{MONTH} tidak", at=at)
            (cut,) = found.chances.cuts
            assert found.chances.amount == 50_000
            assert (cut.why, cut.amount, cut.limit) == ("member", 40_000, 50_000)


def test_no_member_is_shown_more_than_their_own_cap_leaves(engine: Engine) -> None:
    personal = Personal("sendiri", NAMES, ((0, 100),))
    people: list[Seller] = [(None, True, 20, 100_000), (1, True, 0, 900_000)]
    with scenario(engine, people, plan(LINE, personal, caps=Caps(member=50_000))) as case:
        found = case.missed()
        assert (found.chances.amount, found.missed[0].amount) == (1_000, 49_000)
        assert [each.amount for each in case.steps().steps] == [49_000]


def test_the_next_step_names_the_article_and_rounds_the_pieces_up(engine: Engine) -> None:
    with scenario(engine, TEAM, plan(LINE)) as case:
        case.conn.exec_driver_sql(
            "INSERT INTO products (sku, name, member_price, retail_price, points, bonus_value,"
            " category) VALUES ('M', 'Madu', 1, 1, 16, 1, 'x'), ('T', 'Teh', 1, 1, 0, 1, 'x')"
        )
        (step,) = case.steps().steps
        assert (step.pieces, step.product, step.amount) == (2, "Madu", 40_000)


def test_the_smallest_steps_come_first_and_are_few(engine: Engine) -> None:
    rules = [Personal(f"r{each}", NAMES, ((100 - each, 100),)) for each in range(6)]
    with scenario(engine, [(None, True, 60, 9_000)], plan(*rules)) as case:
        steps = case.steps().steps
        assert [each.lacks[0].much for each in steps] == [35, 36, 37, 38]
        assert len(steps) == STEPS_MAX


def test_a_condition_is_a_step_also_before_anything_is_sold(engine: Engine) -> None:
    with scenario(engine, [(None, True, 0, 0), (1, True, 0, 0)], plan(LINE)) as case:
        (step,) = case.steps().steps
        assert (step.lacks, step.amount) == ((Lacking("own_points", 50, ""),), 0)
        # Without a team it could bring nothing.
        assert case.steps(2).steps == ()


def test_a_large_team_is_shown_its_counters_and_no_amounts(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    people: list[Seller] = [(None, True, 20, 0), (1, True, 130, 300_000), (1, True, 200, 100_000)]
    with scenario(engine, people, plan(LINE, TABLE, ranks=LADDER)) as case:
        monkeypatch.setattr(estimates, "TEAM_WALK_MAX", 0)
        found = case.missed()
        assert found.chances.large
        assert [(each.rule, each.amount) for each in found.missed] == [("Bonus tim", 0)]
        steps = case.steps()
        assert steps.month.large
        assert [(each.rule, each.reach, each.lacks, each.amount) for each in steps.steps] == [
            ("Bonus tim", "", (Lacking("own_points", 30, ""),), 0),
            ("", "Perunggu", (Lacking("own_points", 80, ""),), 0),
            ("Selisih", "", (Lacking("group_points", 250, ""),), 0),
        ]


def test_a_suspended_member_has_no_next_step(engine: Engine) -> None:
    people: list[Seller] = [(None, False, 60, 0), (1, True, 0, 100_000)]
    with scenario(engine, people, plan(LINE)) as case:
        assert (case.steps().month.active, case.steps().steps) == (False, ())
        (lost,) = case.missed().missed
        assert lost.lacks == (Lacking("active", 1, ""),)


def test_without_a_plan_both_say_so(engine: Engine) -> None:
    with scenario(engine, TEAM, plan(LINE)) as case:
        assert case.ask(1, "2025-12 tidak") == NoBonuses("2025-12", ())
        case.company = replace(case.company, plan=Plan())
        assert case.ask(1, "lanjut") == NoBonuses(MONTH, ())


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("tidak", WhyNothing),
        ("kenapa bonus saya nol?", WhyNothing),
        ("why not november", WhyNothing),
        ("oktober tidak", WhyNothing),
        ("what next", NextSteps),
        ("lanjut november", NextSteps),
        ("lanjut oktober", WhyNothing),
        ("tidak 2027-01", MonthInFuture),
        ("next month", MonthInFuture),
        ("bulan berikutnya", UnknownMonth),
        ("tidak kapan cair", UnknownMonth),
    ],
)
def test_the_question_and_its_month_are_recognised(
    engine: Engine, typed: str, kind: type[Message]
) -> None:
    with scenario(engine, TEAM, plan(LINE)) as case:
        assert isinstance(case.ask(1, typed), kind)


def test_each_phrase_typed_alone_asks_its_own_question() -> None:
    for spec in (WHY_NOT_SPEC, NEXT_SPEC):
        assert len(spec.words) == len(set(spec.words))
        assert all(word == " ".join(word.casefold().split()) for word in spec.words)


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 300), st.integers(0, 10**6)),
        min_size=1,
        max_size=8,
    ),
    st.data(),
)
@settings(deadline=None, max_examples=60)
def test_every_rule_is_paid_missed_or_explained(
    engine: Engine, sold: list[tuple[bool, int, int]], data: st.DataObject
) -> None:
    people: list[Seller] = [
        (data.draw(st.integers(1, place)) if place else None, *each)
        for place, each in enumerate(sold)
    ]
    version = plan(LINE, TABLE, Generation("gen", (), (400,)), ranks=LADDER)
    with scenario(engine, people, version) as case:
        month = snapshots.of_company(case.conn, MONTH, version)
        outcome = work_out(version, month)
        for member_id in range(1, len(people) + 1):
            found = case.missed(member_id)
            mine = [each for each in outcome.credits if each.member_id == member_id]
            assert found.chances.amount == sum(each.amount for each in mine)
            paid = {each.rule for each in mine}
            explained = len(paid) + len(found.missed) + len(found.unpaid)
            if found.chances.amount or found.missed or not found.chances.team:
                assert explained <= len(version.rules)
            else:
                assert explained == len(version.rules)
            assert len(case.steps(member_id).steps) <= STEPS_MAX
