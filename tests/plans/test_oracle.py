"""The plans pay what a person works out by hand, to the rupiah, under any plan and any tree.

    pytest tests/plans/test_oracle.py       some thousand trees
    make oracle TREES=100000                that many; the default is 20.000

Each tree and its plan follow from the number that a failure names: `case(4711)`.
"""

import os
from collections import Counter
from dataclasses import replace
from random import Random

from bot.core.plans import Caps, Credit, Generation, Snapshot, Version, work_out
from bot.core.plans.kinds import PAID
from tests.plans.at_random import a_company, a_version
from tests.plans.oracle import Line, paid_by_hand
from tests.plans.oracle_people import People, Row

TREES = int(os.environ.get("ORACLE_TREES", "2000"))


def case(seed: int, *, guarantee: bool) -> tuple[Version, list[Row]]:
    chance = Random(seed)
    version = a_version(chance, guarantee=guarantee)
    return version, a_company(chance, version)


def line(credit: Credit) -> Line:
    return Line(
        credit.member_id,
        credit.rule,
        credit.source_id,
        credit.level,
        credit.rate_bp,
        credit.amount,
    )


def test_each_credit_and_each_rank_is_as_by_hand() -> None:
    seen: Counter[str] = Counter()
    for seed in range(TREES):
        version, rows = case(seed, guarantee=False)
        outcome = work_out(version, Snapshot.of(rows))
        people = People(version, rows)
        paid = [line(credit) for credit in outcome.credits]
        assert paid == paid_by_hand(version, rows), f"tree {seed}"
        if version.ranks:
            assert outcome.ranks == [people.rank(who) for who in people.all], f"tree {seed}"
            assert outcome.titles == [people.title(who) for who in people.all], f"tree {seed}"
        if version.accumulates:
            all_points = [people.all_points(who) for who in people.all]
            assert outcome.accumulated == all_points, f"tree {seed}"
        seen.update({credit.rule for credit in outcome.credits})
        seen.update({f"cut by {credit.cut}" for credit in outcome.credits})
        seen.update({f"rank {rank}" for rank in outcome.ranks})
    known = (*PAID, "rank 4")
    cuts = ("cut by member", "cut by rank", "cut by company")
    assert all(seen[each] * 30 > TREES for each in (*known, *cuts)), seen


def test_guarantees_are_made_up_as_by_hand() -> None:
    made_up = 0
    for seed in range(TREES):
        version, rows = case(seed, guarantee=True)
        # The source of its last rupiah makes no difference until a cap divides it;
        # and it takes many leaders before one has something to pass on.
        version = replace(
            version, caps=Caps(), ranks_kept=True, breakaway=min(1, version.breakaway)
        )
        credits_ = work_out(version, Snapshot.of(rows)).credits
        paid = [line(credit) for credit in credits_]
        assert sums(paid) == sums(paid_by_hand(version, rows)), f"tree {seed}"
        one_rate = {
            rule.slug for rule in version.rules if isinstance(rule, Generation) and rule.guarantee
        }
        made_up += any(credit.rule in one_rate and credit.level > 1 for credit in credits_)
    assert made_up * 25 > TREES, made_up


def sums(lines: list[Line]) -> Counter[tuple[int, str]]:
    found: Counter[tuple[int, str]] = Counter()
    for each in lines:
        found[each.member, each.rule] += each.amount
    return found
