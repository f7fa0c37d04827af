"""A month with more returns than sales pays no member anything and takes nothing away."""

import pytest

from bot.core.plans import (
    Differential,
    Generation,
    Personal,
    Rank,
    Rule,
    Snapshot,
    Unilevel,
    Version,
    work_out,
)

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
