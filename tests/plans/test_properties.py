"""What holds for any plan and any company."""

from collections import Counter
from dataclasses import replace
from itertools import groupby
from random import Random

from hypothesis import given, settings

from bot.core.plans import (
    Caps,
    Credit,
    Differential,
    Generation,
    Legs,
    Personal,
    Pool,
    Rank,
    Snapshot,
    Unilevel,
    Version,
    month_under,
    work_out,
)
from bot.core.plans.rates import share
from bot.core.plans.values import COMPANY
from tests.plans.at_random import a_company, a_version, chances
from tests.plans.oracle_people import People, Row
from tests.plans.rules_by_chance import a_rule

SOME = settings(max_examples=150, deadline=None)


def paid(version: Version, rows: list[Row]) -> list[Credit]:
    return work_out(version, Snapshot.of(rows)).credits


def total(credits_: list[Credit]) -> int:
    return sum(credit.amount for credit in credits_)


def times(factor: int, rows: list[Row]) -> list[Row]:
    return [
        row._replace(bonus=row.bonus * factor, sales=row.sales * factor, fixed=row.fixed * factor)
        for row in rows
    ]


@SOME
@given(chances())
def test_of_a_differential_all_is_paid_or_kept_and_no_rupiah_twice(chance: Random) -> None:
    rule = a_rule(chance, "differential", 0)
    assert rule is not None
    version = Version("2026-01", (rule,))
    # Whole ten thousands, so that no rate leaves a part of a rupiah.
    rows = times(10_000, a_company(chance, version))
    credits_ = paid(version, rows)
    rates: Counter[int] = Counter()
    for credit in credits_:
        rates[credit.source_id] += credit.rate_bp
    assert all(0 < rate <= rule.most_bp for rate in rates.values())
    volume = {row.id: row.bonus + row.fixed for row in rows}
    kept = sum(share(volume[who], rule.most_bp - rates[who]) for who in volume)
    assert total(credits_) + kept == share(sum(volume.values()), rule.most_bp)


@SOME
@given(chances())
def test_a_member_with_the_top_rate_leaves_nothing_of_the_sales_below(chance: Random) -> None:
    top = Rank("top", own_points=1)
    rule = Differential("selisih", (), ((1, 2_100),), "rank")
    version = Version("2026-01", (rule,), (top,))
    rows = [row._replace(title=0, given=0) for row in a_company(chance, version)]
    people = People(version, rows)
    for who in people.all:
        above = any(people.rank(each) for each in [who, *people.above(who)])
        of_it = [credit for credit in paid(version, rows) if credit.source_id == who]
        assert total(of_it) == (share(people.base(who), 2_100) if above else 0)
        assert len(of_it) <= 1, "the nearest with the rank takes it all"


@SOME
@given(chances())
def test_the_order_of_the_members_makes_no_difference(chance: Random) -> None:
    version = a_version(chance)
    rows = a_company(chance, version)
    mixed = chance.sample(rows, len(rows))
    assert work_out(version, Snapshot.of(mixed)) == work_out(version, Snapshot.of(rows))


@SOME
@given(chances())
def test_a_sale_taken_back_leaves_the_month_as_it_was(chance: Random) -> None:
    version = a_version(chance)
    rows = a_company(chance, version)
    before = work_out(version, Snapshot.of(rows))
    place = chance.randrange(len(rows))
    work_out(version, Snapshot.of(with_sale(rows, place, 1)))
    back = with_sale(with_sale(rows, place, 1), place, -1)
    assert work_out(version, Snapshot.of(back)) == before


def with_sale(rows: list[Row], place: int, pieces: int) -> list[Row]:
    row = rows[place]
    sold = row._replace(
        points=row.points + 100 * pieces,
        sold=row.sold + 100 * pieces,
        bonus=row.bonus + 100_000 * pieces,
        customers=row.customers + pieces,
        sales=row.sales + 120_000 * pieces,
    )
    return [*rows[:place], sold, *rows[place + 1 :]]


@SOME
@given(chances())
def test_goods_for_own_use_meet_no_condition_where_those_sold_count(chance: Random) -> None:
    version = replace(a_version(chance), qualify_by="sold")
    rows = a_company(chance, version)
    place = chance.randrange(len(rows))
    row = rows[place]
    bought = row._replace(points=row.points + 500, bonus=row.bonus + 500_000, sales=row.sales + 1)
    after = [*rows[:place], bought, *rows[place + 1 :]]
    seen, then = (month_under(version, Snapshot.of(each)) for each in (rows, after))
    for rule in version.rules:
        conditions = replace(rule.conditions, rank_min=0)
        assert conditions.qualified(seen) == conditions.qualified(then)
        if isinstance(rule, Personal):
            sold_only = replace(rule, conditions=conditions)
            before, later = (
                {each.member_id: each.rate_bp for each in sold_only.credits(month)}
                for month in (seen, then)
            )
            assert {who: later[who] for who in before} == before
    # No rank is reached by them either, where it asks for what one sold oneself.
    ranks = tuple(
        Rank(f"rank{number}", own_points=10 * number, customers=number) for number in (1, 2, 3)
    )
    version = replace(version, ranks=ranks, breakaway=0, caps=Caps())
    seen, then = (month_under(version, Snapshot.of(each)) for each in (rows, after))
    assert list(seen.reached) == list(then.reached)


@SOME
@given(chances())
def test_n_times_the_sales_pay_n_times_as_much(chance: Random) -> None:
    version = a_version(chance, capped=False, guarantee=False)
    rows = a_company(chance, version)
    factor = chance.randint(2, 1_000)
    before = paid(version, times(10_000, rows))
    after = paid(version, times(10_000 * factor, rows))
    assert of_members(after) == [
        credit._replace(base=credit.base * factor, amount=credit.amount * factor)
        for credit in of_members(before)
    ]
    # A part of a pool is rounded down as well, so it may be up to a rupiah less, times the factor.
    parts = {credit[:3]: credit for credit in after if credit.part is not None}
    for credit in before:
        if credit.part is not None:
            now = parts[credit[:3]]
            assert 0 <= now.amount - credit.amount * factor < factor
            assert now.part == credit.part


def of_members(credits_: list[Credit]) -> list[Credit]:
    """Those that come from the sales of one member."""
    return [credit for credit in credits_ if credit.source_id != COMPANY]


@SOME
@given(chances())
def test_a_members_bonus_depends_only_on_their_own_team(chance: Random) -> None:
    version = a_version(chance, guarantee=False)
    rules = tuple(rule for rule in version.rules if rule.needs != "company")
    version = replace(version, rules=rules, caps=replace(version.caps, company_bp=None))
    rows = a_company(chance, version)
    whole = paid(version, rows)
    people = People(version, rows)
    for who in people.all:
        team = set(people.team(who))
        part = paid(version, [row for row in rows if row.id in team])
        mine = [credit for credit in whole if credit.member_id == who]
        assert [credit for credit in part if credit.member_id == who] == mine
        assert {credit.source_id for credit in mine} <= team


@SOME
@given(chances())
def test_nothing_is_paid_where_nothing_is_sold(chance: Random) -> None:
    version = a_version(chance)
    rows = a_company(chance, version)
    assert paid(version, times(0, rows)) == []
    without = {row.id for row in rows if chance.random() < 0.5}
    left = paid(
        version,
        [row._replace(bonus=0, sales=0, fixed=0) if row.id in without else row for row in rows],
    )
    assert not {credit.source_id for credit in left} & without


@SOME
@given(chances())
def test_a_credit_exists_once_and_says_how_it_came_about(chance: Random) -> None:
    version = a_version(chance)
    rows = a_company(chance, version)
    people = People(version, rows)
    value = {who: people.base(who) for who in people.all}
    credits_ = paid(version, rows)
    assert len({credit[:4] for credit in credits_}) == len(credits_)
    for credit in credits_:
        assert credit.amount > 0
        assert credit.amount < credit.whole if credit.cut else credit.amount == credit.whole
        if credit.part is not None:
            _is_a_part(version, rows, credit)
            continue
        assert credit.base == value[credit.source_id] > 0
        assert credit.whole == share(credit.base, credit.rate_bp)
        upwards = [credit.source_id, *people.above(credit.source_id)]
        assert credit.member_id in (upwards[1:] if credit.level else upwards[:1])
    for who, base in value.items():
        of_it = total([credit for credit in credits_ if credit.source_id == who])
        assert of_it <= share(base, version.most_bp)


def _is_a_part(version: Version, rows: list[Row], credit: Credit) -> None:
    """It comes from all that the company sold in the month."""
    assert credit.part is not None
    sold = sum(
        row.sales if credit.part.of == "sales" else row.bonus * version.point_value + row.fixed
        for row in rows
    )
    assert (credit.source_id, credit.level, credit.base) == (COMPANY, 0, sold)
    assert 0 < credit.part.weight <= credit.part.weights


@SOME
@given(chances())
def test_of_a_pool_no_more_is_paid_than_there_is_and_less_than_a_rupiah_each_is_kept(
    chance: Random,
) -> None:
    version = a_version(chance, capped=False)
    rows = a_company(chance, version)
    people = People(version, rows)
    credits_ = paid(version, rows)
    for rule in version.rules:
        mine = [credit for credit in credits_ if credit.rule == rule.slug]
        if not isinstance(rule, Pool) or not mine:
            continue
        pool = share(mine[0].base, rule.rate_bp)
        sharing = sum(rule.conditions.rank_min <= people.rank(who) for who in people.all)
        assert pool - sharing < total(mine) <= pool
        assert all(people.rank(each.member_id) >= rule.conditions.rank_min for each in mine)


@SOME
@given(chances())
def test_an_extra_member_who_sells_nothing_changes_no_pool(chance: Random) -> None:
    version = a_version(chance, capped=False)
    version = replace(version, rules=tuple(r for r in version.rules if isinstance(r, Pool)))
    rows = a_company(chance, version)
    sponsor = chance.choice([row.id for row in rows])
    recruits = [Row(1_000 + n, sponsor, active=True) for n in range(chance.randint(1, 5))]
    assert paid(version, [*rows, *recruits]) == paid(version, rows)


@SOME
@given(chances())
def test_no_cap_is_ever_passed_and_the_company_s_is_met_where_it_binds(chance: Random) -> None:
    version = a_version(chance)
    rows = a_company(chance, version)
    people = People(version, rows)
    limits = dict(version.caps.ranks)
    outcome = work_out(version, Snapshot.of(rows))
    uncapped = paid(replace(version, caps=Caps()), rows)
    before = 0
    for who in people.all:
        mine = total([credit for credit in uncapped if credit.member_id == who])
        limit = limits.get(people.rank(who), version.caps.member)
        allowed = mine if limit is None else min(mine, limit)
        assert total([each for each in outcome.credits if each.member_id == who]) <= allowed
        before += allowed
    if version.caps.company_bp is None:
        assert total(outcome.credits) == before
    else:
        sold = sum(person.sales for person in people.all.values())
        assert total(outcome.credits) == min(before, share(sold, version.caps.company_bp))
    assert outcome.cut == total(uncapped) - total(outcome.credits)


@SOME
@given(chances())
def test_a_guarantee_is_made_up_among_the_leaders_and_costs_the_company_nothing(
    chance: Random,
) -> None:
    version = a_version(chance)
    version = replace(version, caps=Caps())
    rows = a_company(chance, version)
    rules = [
        replace(rule, guarantee=0) if isinstance(rule, Generation) else rule
        for rule in version.rules
    ]
    plain = paid(replace(version, rules=tuple(rules)), rows)
    made_up = paid(version, rows)
    assert by_seller(made_up) == by_seller(plain), "from each seller as much as without it"


def by_seller(credits_: list[Credit]) -> Counter[tuple[str, int]]:
    found: Counter[tuple[str, int]] = Counter()
    for credit in credits_:
        found[credit.rule, credit.source_id] += credit.amount
    return found


def test_a_line_of_five_thousand_is_just_a_long_line() -> None:
    count = 5_000
    top = Rank("top", legs=(Legs(1, 1),))
    version = Version(
        "2026-01",
        (
            Unilevel("tim", (), (1_000, 500)),
            Differential("selisih", (), ((1, 100), (1_000, 300), (5_000, 600))),
            Generation("generasi", (), (400,), 10**6),
            Personal("pribadi", (), ((0, 100),)),
        ),
        (Rank("seller", own_points=1), top),
        breakaway=1,
        caps=Caps(member=10**9, company_bp=10_000),
    )
    rows = [
        Row(n, n - 1 or None, active=True, points=1, bonus=100, sales=10**6)
        for n in range(1, count + 1)
    ]
    outcome = work_out(version, Snapshot.of(rows))
    assert outcome.ranks == [2] * (count - 1) + [1]
    by_rule = {
        rule: total(list(each)) for rule, each in groupby(outcome.credits, lambda each: each.rule)
    }
    # Two levels up the line; 6 % of all to the only one with 5.000 points, and below her to those
    # with fewer as much as is theirs; 4 and 1 rupiah for each leader and each seller.
    assert by_rule == {
        "tim": 10 * (count - 1) + 5 * (count - 2),
        "selisih": 6 * count,
        "generasi": 4 * (count - 1),
        "pribadi": count,
    }
    assert outcome.cut == 0


def test_in_a_line_of_five_thousand_only_those_who_qualify_are_paid() -> None:
    rows = [Row(n, n - 1 or None, active=n == 1, bonus=100) for n in range(1, 5_001)]
    version = Version("2026-01", (Unilevel("tim", (), (1_000, 500)),))
    credits_ = work_out(version, Snapshot.of(rows)).credits
    assert len(credits_) == 4_999
    assert {(each.member_id, each.level, each.amount) for each in credits_} == {(1, 1, 10)}
