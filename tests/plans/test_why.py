"""Why a member is not paid, who was passed over, what comes next: in figures worked by hand."""

from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Legs,
    Month,
    Personal,
    Rank,
    Rule,
    Snapshot,
    Unilevel,
    Version,
    month_under,
    work_out,
)
from bot.core.plans.conditions import Lack
from bot.core.plans.why import missed, next_steps, passed_over

AYU, BAYU, CITRA, DEWI = range(4)
LADDER = ((200, 300), (600, 600), (1_200, 900))


def line(*people: tuple[bool, int, int]) -> Snapshot:
    """One line of members, each under the one before: active, points, bonus value."""
    return Snapshot.of((place + 1, place or None, *person) for place, person in enumerate(people))


def asked(version: Version, snapshot: Snapshot) -> Month:
    return month_under(version, snapshot)


def plan(*rules: Rule, ranks: tuple[Rank, ...] = ()) -> Version:
    return Version("2026-01", rules, ranks)


def test_a_missed_bonus_is_what_the_rule_would_have_paid() -> None:
    version = plan(Unilevel("tim", (), (1_000, 500), "skip-inactive", Conditions(50, 2)))
    month = asked(version, line((True, 20, 0), (True, 60, 300_000), (True, 0, 100_005)))
    (found,) = missed(version, month, AYU)
    # 10 % of 300.000 from Bayu; Bayu lacks customers and is skipped, so Citra is level 1 as well.
    assert found.amount == 30_000 + 10_000
    assert found.sources == 2
    assert found.lacks == (Lack("own_points", 30), Lack("customers", 2))


def test_nothing_is_missed_where_no_one_below_sold() -> None:
    version = plan(Unilevel("tim", (), (1_000,), "skip-inactive", Conditions(50)))
    assert missed(version, asked(version, line((True, 0, 0), (True, 80, 0))), AYU) == ()


def test_a_suspended_member_misses_a_bonus_for_that_reason() -> None:
    version = plan(Unilevel("tim", (), (1_000,)))
    (found,) = missed(version, asked(version, line((False, 90, 0), (True, 80, 1_000))), AYU)
    assert found.lacks == (Lack("active", 1),)


def test_a_credit_names_the_members_it_passed_over() -> None:
    version = plan(Unilevel("tim", (), (1_000, 500), "skip-inactive", Conditions(50)))
    snapshot = line((True, 60, 0), (True, 10, 0), (True, 0, 0), (True, 0, 200_000))
    month = asked(version, snapshot)
    mine = [credit for credit in work_out(version, snapshot).credits if credit.member_id == 1]
    assert [credit.level for credit in mine] == [1]
    found = passed_over(version, month, AYU, mine)
    assert [(each.place, each.lacks[0].much) for each in found] == [(BAYU, 40), (CITRA, 50)]


def test_a_differential_also_passes_over_a_seller_without_a_rate() -> None:
    version = plan(Differential("selisih", (), LADDER, conditions=Conditions(100)))
    snapshot = line((True, 300, 0), (True, 50, 100_000))
    mine = work_out(version, snapshot).credits
    assert [(credit.member_id, credit.amount) for credit in mine] == [(1, 3_000)]
    found = passed_over(version, asked(version, snapshot), AYU, mine)
    assert [(each.place, each.lacks) for each in found] == [(BAYU, (Lack("own_points", 50),))]


def test_the_next_row_of_the_table_says_what_it_brings() -> None:
    version = plan(Differential("selisih", (), LADDER))
    month = asked(version, line((True, 150, 100_000), (True, 400, 300_000)))
    (step,) = next_steps(version, month, AYU)
    assert (step.rate_bp, step.lacks) == (600, (Lack("group_points", 50),))
    # 6 % instead of 3 % of one's own 100.000, and 6 % less Bayu's 3 % of 300.000.
    assert step.amount == 3_000 + 9_000


def test_above_the_last_row_there_is_no_step() -> None:
    version = plan(Personal("sendiri", (), ((0, 500),)))
    assert next_steps(version, asked(version, line((True, 10, 1_000))), AYU) == ()


def test_the_smallest_step_comes_first() -> None:
    version = plan(
        Unilevel("tim", (), (1_000,), "skip-inactive", Conditions(50)),
        Personal("sendiri", (), ((0, 100), (35, 500))),
    )
    month = asked(version, line((True, 30, 10_000), (True, 0, 70_000)))
    steps = next_steps(version, month, AYU)
    assert [(step.rule, step.lacks[0].much) for step in steps] == [("sendiri", 5), ("tim", 20)]
    assert [step.amount for step in steps] == [400, 7_000]


def test_the_next_rank_names_all_it_lacks_and_what_it_brings() -> None:
    ranks = (
        Rank("perunggu", own_points=100),
        Rank("perak", own_points=100, group_points=1_000, legs=(Legs(2, 1),)),
    )
    version = plan(Differential("selisih", (), ((1, 600), (2, 900)), "rank"), ranks=ranks)
    snapshot = line((True, 120, 100_000), (True, 100, 50_000))
    month = asked(version, snapshot)
    assert list(month.ranks) == [1, 1]
    (step,) = next_steps(version, month, AYU)
    assert step.rank == 2
    assert step.lacks == (Lack("group_points", 780), Lack("legs", 1, 1))
    assert step.amount == 3_000 + 1_500


def test_a_rank_that_is_only_given_is_no_step() -> None:
    version = plan(ranks=(Rank("kehormatan"),))
    assert next_steps(version, asked(version, line((True, 999, 999))), AYU) == ()


def test_a_suspended_member_is_shown_no_step() -> None:
    version = plan(
        Unilevel("tim", (), (1_000,), "skip-inactive", Conditions(50)),
        Personal("sendiri", (), ((0, 100), (35, 500))),
        ranks=(Rank("perunggu", own_points=100),),
    )
    month = asked(version, line((False, 30, 10_000), (True, 0, 70_000)))
    assert next_steps(version, month, AYU) == ()


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(0, 300), st.integers(0, 10**6)),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 200),
)
def test_meeting_the_conditions_pays_exactly_what_was_missed(
    people: list[tuple[bool, int, int]], least: int
) -> None:
    version = plan(Unilevel("tim", (), (1_000, 500), "skip-inactive", Conditions(least)))
    month = asked(version, line(*people))
    lost = sum(each.amount for each in missed(version, month, AYU))
    qualified = [(True, max(people[0][1], least), people[0][2]), *people[1:]]
    there = sum(
        credit.amount
        for credit in work_out(version, line(*qualified)).credits
        if credit.member_id == 1
    )
    lacks = version.rules[0].conditions.lacks(month, AYU)
    assert lost == (there if lacks else 0)


def test_a_cap_takes_from_all_in_proportion_and_names_itself() -> None:
    snapshot = Snapshot.of(
        [
            (1, None, True, 0, 0, 0, 0),
            (2, 1, True, 0, 3_000, 0, 500),
            (3, 1, True, 0, 1_801, 0, 500),
        ]
    )
    version = Version("2026-01", (Unilevel("tim", (), (1_000,)),), caps=Caps(company_bp=4_200))
    outcome = work_out(version, snapshot)
    # 300 and 180 come to 480; 42 % of 1.000 is 420, and 420/480 of each is 262,5 and 157,5.
    assert [(credit.amount, credit.cut) for credit in outcome.credits] == [
        (263, "company"),
        (157, "company"),
    ]
    assert outcome.cut == 60
