"""Returns cost no member anything under the plan; after the close, what is left, by hand."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans import (
    Caps,
    Conditions,
    Credit,
    Differential,
    Generation,
    Personal,
    Pool,
    Rank,
    Rule,
    Snapshot,
    Unilevel,
    Version,
    credits_of,
    work_out,
)
from bot.core.plans.values import COMPANY
from bot.core.returns.clawback import credit_stands, pool_part_stands

# Ayu (1) > Bayu (2) > Citra (3). Citra sold for 100.007 of bonus value, Bayu for 50.000.
POINTS = {1: 60, 2: 50, 3: 100}
BONUS = {1: 0, 2: 50_000, 3: 100_007}
SALES = {1: 0, 2: 60_000, 3: 120_000}


def month(bonus: dict[int, int], sales: dict[int, int] | None = None) -> Snapshot:
    sold = sales or SALES
    return Snapshot.of(
        (each, each - 1 or None, True, POINTS[each], bonus[each], 1, sold[each])
        for each in (1, 2, 3)
    )


def left_of(credit: Credit, seller: int, gone: int, gone_sales: int = 0) -> int:
    """What stands of a credit after the seller's bonus value fell."""
    cut = bool(credit.cut)
    if credit.part is not None:
        less = gone_sales if credit.part.of == "sales" else gone
        part = (credit.part.weight, credit.part.weights)
        left = credit.base - less
        return pool_part_stands(credit.amount, credit.base, credit.rate_bp, left, part, is_cut=cut)
    left = credit.base - (gone if credit.source_id == seller else 0)
    return credit_stands(credit.amount, credit.base, credit.rate_bp, left, is_cut=cut)


def by_hand(
    rules: Iterable[Rule], gone: int, *, caps: Caps | None = None, gone_sales: int = 0
) -> dict[tuple[int, int], tuple[int, int]]:
    """What each member was paid from each seller, and what stands when Citra's goods come back."""
    ranks = (Rank("perak", own_points=50),)
    version = Version("2026-01", tuple(rules), ranks, breakaway=1, caps=caps or Caps())
    return {
        (each.member_id, each.source_id): (each.amount, left_of(each, 3, gone, gone_sales))
        for each in credits_of(version, month(BONUS))
    }


def test_unilevel() -> None:
    # Of 100.007 are 10 % 10.000 and 5 % 5.000; of the 60.004 that are left 6.000 and 3.000.
    assert by_hand([Unilevel("tim", (), (1_000, 500))], 40_003) == {
        (1, 2): (5_000, 5_000),
        (2, 3): (10_000, 6_000),
        (1, 3): (5_000, 3_000),
    }


def test_differential_keeps_the_rates_of_the_month() -> None:
    # Groups have 210, 150 and 100 points: 12 %, 9 % and 6 %, so 6 %, 3 % and 3 % of Citra's sales.
    rule = Differential("selisih", (), ((100, 600), (150, 900), (200, 1_200)))
    assert by_hand([rule], 40_003) == {
        (3, 3): (6_000, 3_600),
        (2, 3): (3_000, 1_800),
        (1, 3): (3_000, 1_800),
        (2, 2): (4_500, 4_500),
        (1, 2): (1_500, 1_500),
    }


def test_generation() -> None:
    # All are leaders: Bayu has 4 % of Citra's group, Ayu 4 % of Bayu's.
    assert by_hand([Generation("generasi", (), (400,))], 50_007) == {
        (2, 3): (4_000, 2_000),
        (1, 2): (2_000, 2_000),
    }


def test_personal_keeps_the_row_of_the_month() -> None:
    # 100 points are the row of 7 %, also for what is left of them.
    rule = Personal("diri", (), ((0, 300), (100, 700)))
    assert by_hand([rule], 100_000) == {(2, 2): (1_500, 1_500), (3, 3): (7_000, 0)}


def test_pools_fall_for_all_who_share() -> None:
    # 3 % of 150.007 are 4.500, a third of it 1.500; of 110.004 they are 3.300 and 1.100.
    shared = Pool("bersama", (), 300, Conditions(rank_min=1))
    assert by_hand([shared], 40_003) == {(each, COMPANY): (1_500, 1_100) for each in (1, 2, 3)}
    # 1 % of the sales of 180.000 by 60, 50 and 100 of 210 points; of 132.000 they are 1.320.
    weighed = Pool("omzet", (), 100, Conditions(rank_min=1), of="sales", shared="own-points")
    assert by_hand([weighed], 40_003, gone_sales=48_000) == {
        (1, COMPANY): (514, 377),
        (2, COMPANY): (428, 314),
        (3, COMPANY): (857, 628),
    }


def test_what_a_cap_has_cut_falls_in_proportion() -> None:
    # Ayu's 5.000 and 5.000 were cut to 4.000 each; of Citra's a third, 33.335 of 100.007, is left.
    found = by_hand([Unilevel("tim", (), (1_000, 500))], 66_672, caps=Caps(member=8_000))
    assert found == {(1, 2): (4_000, 4_000), (1, 3): (4_000, 1_333), (2, 3): (8_000, 2_666)}


def test_points_that_came_back_count_for_ranks_alone() -> None:
    rules = (
        Personal("diri", (), ((0, 300), (100, 700)), Conditions(own_points_min=100)),
        Unilevel("tim", (), (1_000,), conditions=Conditions(rank_min=1)),
    )
    ranks = (Rank("perak", group_points=200), Rank("emas", accumulated_points=205))
    version = Version("2026-01", rules, ranks)
    before = work_out(version, month(BONUS))
    after = work_out(version, replace(month(BONUS), returned=[0, 0, 11]))
    # Ayu's group has 210 points, or 199 for ranks; Citra's own 100 points go on being 100.
    assert (before.ranks, after.ranks) == ([2, 0, 0], [0, 0, 0])
    assert (before.accumulated, after.accumulated) == ([210, 150, 100], [199, 139, 89])
    assert [each.amount for each in before.credits] == [7_000, 5_000]
    assert [each.amount for each in after.credits] == [7_000]


def test_goods_for_own_use_that_came_back_lower_no_points_that_never_counted() -> None:
    ranks = (Rank("perak", own_points=60), Rank("emas", own_points=60, group_points=150))
    # Citra sold 60 of her 100 points to customers; 30 that came back were for her own use.
    snapshot = replace(month(BONUS), sold=[60, 50, 60], returned=[0, 0, 30], returned_sold=())
    sold = Version("2026-12", (Unilevel("tim", (), (1_000,)),), ranks, qualify_by="sold")
    assert work_out(sold, snapshot).ranks == [2, 0, 1]
    # Her group and those above have the points less all the same.
    assert work_out(sold, replace(snapshot, returned=[0, 0, 61])).ranks == [1, 0, 1]
    # What customers gave back lowers them; and where own use counts, so does its return.
    assert work_out(sold, replace(snapshot, returned_sold=[0, 0, 1])).ranks == [2, 0, 0]
    bought = replace(sold, qualify_by="bought")
    assert work_out(bought, snapshot).ranks == [2, 0, 1]
    assert work_out(bought, replace(snapshot, returned=[0, 0, 41])).ranks == [2, 0, 0]


AMOUNTS = st.integers(0, 10_000_000)


@given(AMOUNTS, AMOUNTS, st.lists(st.integers(1, 4_000), min_size=1, max_size=3), st.data())
def test_unilevel_is_left_with_what_the_month_without_the_sale_would_have_paid(
    own: int, sold: int, rates: list[int], data: st.DataObject
) -> None:
    version = Version("2026-01", (Unilevel("tim", (), tuple(rates)),))
    gone = data.draw(st.integers(0, sold))
    with_it = credits_of(version, month({1: 0, 2: own, 3: sold}))
    without = credits_of(version, month({1: 0, 2: own, 3: sold - gone}))

    def paid(found: Iterable[tuple[Credit, int]]) -> dict[tuple[int, int], int]:
        return {(each.member_id, each.source_id): amount for each, amount in found if amount}

    left = paid((each, left_of(each, 3, gone)) for each in with_it)
    assert left == paid((each, each.amount) for each in without)


ROWS = [(1, None, True, 500, 900), (2, 1, True, 500, -70_001), (3, 2, True, 500, 0)]


@pytest.mark.parametrize(
    "rule",
    [
        Unilevel("tim", (), (1_000, 500)),
        Differential("selisih", (), ((1, 1_000),)),
        Generation("generasi", (), (400,)),
        Personal("sendiri", (), ((0, 1_000),)),
    ],
    ids=lambda rule: rule.slug,
)
def test_returned_goods_cost_no_member_anything_under_the_plan(rule: Rule) -> None:
    ranks = (Rank("pemimpin", own_points=1),)
    version = Version("2026-01", (rule,), ranks=ranks, breakaway=1)
    found = work_out(version, Snapshot.of(ROWS)).credits
    assert all(credit.source_id == 1 and credit.amount > 0 for credit in found)
