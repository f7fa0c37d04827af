"""Every worked example comes out to the rupiah, and some things hold for any tree."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.plans import Credit, Snapshot
from bot.core.plans.unilevel import Compression, Unilevel
from tests.plans.reading import read

FILES = sorted(Path(__file__).parent.glob("*.plan"))

Row = tuple[int, int | None, bool, int, int]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_worked_example(file: Path) -> None:
    example = read(file)
    assert example.cases
    for case in example.cases:
        paid = case.rule.credits(example.month())
        assert sorted(example.named(credit) for credit in paid) == sorted(case.credits)
        assert sum(credit.amount for credit in paid) == case.paid


@st.composite
def companies(draw: st.DrawFn) -> list[Row]:
    """Members in any tree, with sponsors of smaller and of larger numbers."""
    count = draw(st.integers(1, 25))
    names = draw(st.permutations(range(1, count + 1)))
    rows: list[Row] = []
    for place, name in enumerate(names):
        sponsor = names[draw(st.integers(0, place - 1))] if place and draw(st.booleans()) else None
        points, bonus = draw(st.integers(0, 100)), draw(st.integers(0, 10**9))
        rows.append((name, sponsor, draw(st.booleans()), points, bonus))
    return rows


@st.composite
def rules(draw: st.DrawFn) -> Unilevel:
    rates = tuple(draw(st.lists(st.integers(0, 2_000), min_size=1, max_size=5)))
    way: Compression = draw(st.sampled_from(["none", "skip-inactive"]))
    return Unilevel("tim", (), rates, way, draw(st.integers(0, 100)))


def plainly(rule: Unilevel, rows: list[Row]) -> set[tuple[int, int, int, int]]:
    """The rule once more, as a person would do it by hand: up the line of each seller."""
    people = {row[0]: row for row in rows}
    found = set()
    for seller, sponsor, _, _, bonus in rows:
        at, level = sponsor, 1
        while at is not None and level <= len(rule.rates_bp):
            _, above, active, points, _ = people[at]
            paid = active and points >= rule.own_points_min
            amount = bonus * rule.rates_bp[level - 1] // 10_000
            if paid and amount:
                found.add((at, level, seller, amount))
            if paid or rule.compression == "none":
                level += 1
            at = above
    return found


def facts(paid: list[Credit]) -> set[tuple[int, int, int, int]]:
    said = {(each.member_id, each.level, each.source_id, each.amount) for each in paid}
    assert len(said) == len(paid), "a credit is there once"
    return said


@given(companies(), rules())
def test_it_pays_what_one_would_work_out_by_hand(rows: list[Row], rule: Unilevel) -> None:
    assert facts(rule.credits(Snapshot.of(rows))) == plainly(rule, rows)


@given(companies(), rules(), st.randoms(use_true_random=False))
def test_the_order_of_the_members_makes_no_difference(
    rows: list[Row], rule: Unilevel, chance: random.Random
) -> None:
    before = rule.credits(Snapshot.of(rows))
    mixed = list(rows)
    chance.shuffle(mixed)
    assert rule.credits(Snapshot.of(mixed)) == before


@given(companies(), rules())
def test_no_more_is_paid_than_the_rates_come_to_and_only_from_sales(
    rows: list[Row], rule: Unilevel
) -> None:
    paid = rule.credits(Snapshot.of(rows))
    for seller, _, _, _, bonus in rows:
        from_them = [credit for credit in paid if credit.source_id == seller]
        assert sum(credit.amount for credit in from_them) <= bonus * sum(rule.rates_bp) // 10_000
        assert all(credit.base == bonus > 0 and credit.amount > 0 for credit in from_them)
        assert all(credit.member_id != seller for credit in from_them)


@given(companies(), rules(), st.integers(2, 1_000))
def test_a_thousand_times_the_sales_pay_a_thousand_times_as_much(
    rows: list[Row], rule: Unilevel, times: int
) -> None:
    round_sums = [(*row[:4], row[4] * 10_000) for row in rows]
    more = [(*row[:4], row[4] * 10_000 * times) for row in rows]
    before = {
        (credit.member_id, credit.level, credit.source_id): credit.amount
        for credit in rule.credits(Snapshot.of(round_sums))
    }
    after = {
        (credit.member_id, credit.level, credit.source_id): credit.amount
        for credit in rule.credits(Snapshot.of(more))
    }
    assert after == {key: amount * times for key, amount in before.items()}


@given(companies(), rules())
def test_what_one_member_gets_follows_from_the_own_team_alone(
    rows: list[Row], rule: Unilevel
) -> None:
    whole = rule.credits(Snapshot.of(rows))
    for member in rows:
        team = {member[0]}
        while True:
            below = {row[0] for row in rows if row[1] in team} | team
            if below == team:
                break
            team = below
        part = rule.credits(Snapshot.of([row for row in rows if row[0] in team]))
        mine = [credit for credit in whole if credit.member_id == member[0]]
        assert [credit for credit in part if credit.member_id == member[0]] == mine


def test_a_line_of_five_thousand_is_no_more_than_a_long_line() -> None:
    rows: list[Row] = [(n, n - 1 if n > 1 else None, n == 1, 0, 100) for n in range(1, 5_001)]
    paid = Unilevel("tim", (), (1_000, 500)).credits(Snapshot.of(rows))
    assert len(paid) == 4_999
    assert {(credit.member_id, credit.level, credit.amount) for credit in paid} == {(1, 1, 10)}
