"""Ranks, kinds and caps of a plan file are read correctly, and each mistake is reported."""

from pathlib import Path

import pytest

from bot.company.plan_file import read_plan, warnings_of
from bot.core.plans import (
    Caps,
    Conditions,
    Differential,
    Generation,
    Legs,
    Personal,
    Plan,
    Rank,
    Retail,
    Version,
)
from tests.company.english import english, in_english

GOOD = """
[[version]]
since = "2026-01"
point_value = 2600
breakaway = "silver"
ranks_kept = true

[version.caps]
member = 5000000
rank = { silver = 3000000, bronze = 1000000 }
company = "40%"

[[version.rank]]
slug = "bronze"
id = "Perunggu"
en = "Bronze"
own_points = 100
customers = 3

[[version.rank]]
slug = "silver"
id = "Perak"
en = "Silver"
group_points = 1000
personal_group_points = 300
accumulated_points = 15000
legs = ["2 bronze"]
legs_in = "first-line"

[[version.rule]]
kind = "differential"
slug = "selisih"
id = "Selisih"
en = "Difference"
by_points = { 200 = "3%", 600 = "6,5%" }
points = "accumulated"
rounding = "down"
own_points_min = 100
customers_min = 3
rank_min = "bronze"

[[version.rule]]
kind = "differential"
slug = "pangkat"
id = "Pangkat"
en = "Rank"
by_rank = { bronze = "6%", silver = "6%" }

[[version.rule]]
kind = "generation"
slug = "generasi"
id = "Generasi"
en = "Generation"
rates = ["4%"]
guarantee = 600000

[[version.rule]]
kind = "personal"
slug = "pribadi"
id = "Pribadi"
en = "Personal"
rate = "5%"

[[version.rule]]
kind = "personal"
slug = "poin"
id = "Poin"
en = "Points"
by_points = { 100 = "2%", 300 = "3%" }

[[version.rule]]
kind = "retail"
slug = "eceran"
id = "Eceran"
en = "Retail"
rate = "20%"
"""


def read(tmp_path: Path, text: str) -> tuple[Plan, list[str]]:
    file = tmp_path / "plan.toml"
    file.write_text(text, "utf-8")
    plan, faults = read_plan(file, ("id", "en"))
    return plan, [fault.replace(f"{file}", "plan") for fault in english(faults)]


def named(name: str, other: str) -> tuple[tuple[str, str], ...]:
    return (("id", name), ("en", other))


def test_every_kind_is_read_as_it_is_meant(tmp_path: Path) -> None:
    plan, faults = read(tmp_path, GOOD)
    assert faults == []
    steps = ((200, 300), (600, 650))
    asked = Conditions(100, 3, 1)
    (version,) = plan.versions
    assert version == Version(
        since="2026-01",
        rules=(
            Differential("selisih", named("Selisih", "Difference"), steps, "accumulated", asked),
            Differential("pangkat", named("Pangkat", "Rank"), ((1, 600), (2, 600)), "rank"),
            Generation("generasi", named("Generasi", "Generation"), (400,), 600_000),
            Personal("pribadi", named("Pribadi", "Personal"), ((0, 500),)),
            Personal("poin", named("Poin", "Points"), ((100, 200), (300, 300))),
        ),
        ranks=(
            Rank("bronze", named("Perunggu", "Bronze"), own_points=100, customers=3),
            Rank(
                "silver",
                named("Perak", "Silver"),
                group_points=1_000,
                personal_group_points=300,
                accumulated_points=15_000,
                legs=(Legs(2, 1),),
                first_line=True,
            ),
        ),
        point_value=2_600,
        breakaway=2,
        ranks_kept=True,
        caps=Caps(5_000_000, ((1, 1_000_000), (2, 3_000_000)), 4_000),
        retail=(Retail("eceran", named("Eceran", "Retail"), 2_000),),
    )


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("point_value = 2600", "point_value = 0", "plan:4: [[version]] 1 point_value must be"),
        ("point_value = 2600", "point_value = 2.600", "without dots"),
        ("point_value = 2600", "point_valu = 2600", "did you mean point_value?"),
        ('breakaway = "silver"', 'breakaway = "gold"', "plan:5: [[version]] 1 breakaway names"),
        ('breakaway = "silver"', "", "plan:50: [[version.rule]] 3 kind is paid on groups"),
        ("ranks_kept = true", 'ranks_kept = "yes"', "plan:6: [[version]] 1 ranks_kept must be"),
        ("member = 5000000", "member = 0", "plan:9: [version.caps] member must be"),
        ("member = 5000000", "members = 1", "did you mean member?"),
        ("bronze = 1000000", "gold = 1000000", "plan:10: [version.caps] rank names the rank"),
        ("bronze = 1000000", "bronze = -1", "plan:10: [version.caps] rank sets bronze to -1"),
        ("rank = { silver = 3000000, bronze = 1000000 }", "rank = 3", "within braces"),
        ('company = "40%"', 'company = "101%"', "plan:11: [version.caps] company must be"),
        ('company = "40%"', 'company = "0%"', "would pay no bonus"),
        ('slug = "bronze"', 'slug = "Bronze!"', "plan:14: [[version.rank]] 1 slug must be"),
        ('slug = "silver"', 'slug = "bronze"', "another rank of this version"),
        ("own_points = 100\ncustomers = 3", "own_points = -1", "plan:17: [[version.rank]] 1 own"),
        ('en = "Bronze"', "", "plan:13: [[version.rank]] 1 en must be"),
        ('"2 bronze"', '"2 silver"', "plan:27: [[version.rank]] 2 legs asks for 'silver'"),
        ('"2 bronze"', '"bronze"', "write how many legs"),
        ('"2 bronze"', '"101 bronze"', "up to 100"),
        ('"2 bronze"', '"2 bronze", "1 bronze"', "names a rank twice"),
        ('["2 bronze"]', '"2 bronze"', "must be a list"),
        ('legs = ["2 bronze"]', "", "says where to look for legs"),
        ('"first-line"', '"anywhere"', 'legs_in must be "leg" or "first-line"'),
        ('"accumulated"', '"ever"', 'points must be "month" or "accumulated"'),
        ('200 = "3%", 600 = "6,5%"', '600 = "6%", 200 = "3%"', "has 200 after 600"),
        ('200 = "3%", 600 = "6,5%"', '200 = "6%", 600 = "3%"', "pays no more from 600"),
        ('200 = "3%", 600 = "6,5%"', '200 = "6%", 600 = "6%"', "has to rise with the points"),
        ('600 = "6,5%"', '1.200 = "6%"', "write points without dots"),
        ('600 = "6,5%"', '0600 = "6%"', "begins a row with '0600'"),
        ('600 = "6,5%"', "600 = 6", "the rate from 600 points on is 6; write it in quotes"),
        ('{ 200 = "3%", 600 = "6,5%" }', "{}", "must be a table of up to 50 rows"),
        ('by_points = { 200 = "3%", 600 = "6,5%" }', "", "[[version.rule]] 1 by_points must be"),
        ('silver = "6%" }', 'gold = "6%" }', "names the rank 'gold'; the ranks of this version"),
        ('silver = "6%" }', 'silver = "5%" }', "pays silver less than bronze"),
        ('{ bronze = "6%", silver', '{ silver = "9%", bronze', "has bronze after silver"),
        ("by_rank =", 'by_points = { 1 = "1%" }\nby_rank =', "by_points and by_rank exclude"),
        ("by_rank =", 'points = "month"\nby_rank =', "points and by_rank exclude"),
        ('rank_min = "bronze"', 'rank_min = "gold"', "rank_min names the rank 'gold'"),
        ("customers_min = 3", "customers_min = -3", "customers_min must be"),
        ('rates = ["4%"]', 'rates = ["4%", "2%"]', "keep exactly one of rates"),
        ('rates = ["4%"]', "rates = []", "must be 1 to 50 rates from generation 1 on"),
        ('"down"', '"nearest"', 'rounding must be "down", the only way there is'),
        ("guarantee = 600000", "guarantee = 0", "guarantee must be a whole number from 1"),
        ('rate = "5%"', "", "[[version.rule]] 4 rate must be a percentage"),
        ('rate = "5%"', 'rate = "5%"\nby_points = { 1 = "1%" }', "rate and by_points exclude"),
        ('rate = "20%"', 'rate = "20%"\nown_points_min = 1', "own_points_min is not known here"),
        ('"6,5%"', '"83%"', "[[version]] 1 rule could pay 101 % of a sale in all"),
    ],
)
def test_a_mistake_is_reported_with_its_line(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert before in GOOD
    _, faults = read(tmp_path, GOOD.replace(before, after, 1))
    assert any(said in fault for fault in faults), faults


def test_a_rank_that_asks_for_less_than_one_before_it_is_out_of_order(tmp_path: Path) -> None:
    text = GOOD.replace("own_points = 100\ncustomers = 3", "group_points = 5000")
    lower = text.replace("personal_group_points = 300\naccumulated_points = 15000\n", "")
    lower = lower.replace('legs = ["2 bronze"]\nlegs_in = "first-line"\n', "")
    _, (fault,) = read(tmp_path, lower)
    assert fault.startswith("plan:20: [[version.rank]] 2 slug asks for no more than the rank bron")


def test_a_rank_that_only_the_company_awards_needs_to_last(tmp_path: Path) -> None:
    given = GOOD.replace("own_points = 100\ncustomers = 3\n", "")
    plan, faults = read(tmp_path, given)
    assert faults == []
    assert any("no sales lead to bronze" in in_english(each) for each in warnings_of(plan))
    _, (fault,) = read(tmp_path, given.replace("ranks_kept = true", "ranks_kept = false"))
    assert "plan:14: [[version.rank]] 1 slug has no condition" in fault


def test_without_ranks_none_can_be_named(tmp_path: Path) -> None:
    rules = GOOD[GOOD.index("[[version.rule]]") :]
    text = f'[[version]]\nsince = "2026-01"\n{rules}'
    _, faults = read(tmp_path, text)
    assert sum("this version has no [[version.rank]]" in fault for fault in faults) == 3


def test_faults_of_a_later_version_have_the_lines_of_that_version(tmp_path: Path) -> None:
    later = GOOD.replace('"2026-01"', '"2027-01"').replace("member = 5000000", "member = 0")
    later = later.replace("guarantee = 600000", "guarantee = 0")
    _, faults = read(tmp_path, GOOD + later)
    lines = GOOD.count("\n")
    assert [fault.split(" ")[0] for fault in faults] == [f"plan:{lines + n}:" for n in (9, 55)]


def test_a_separate_table_may_replace_one_within_braces(tmp_path: Path) -> None:
    text = GOOD.replace('by_rank = { bronze = "6%", silver = "6%" }', "")
    rule = '[version.rule.by_rank]\nbronze = "6%"\nsilver = "6%"\n'
    at = text.index('[[version.rule]]\nkind = "generation"')
    plan, faults = read(tmp_path, text[:at] + rule + text[at:])
    assert faults == []
    assert plan == read(tmp_path, GOOD)[0]


ODD = [
    "3",
    "-1",
    "1.5",
    '"x"',
    '""',
    "true",
    "[]",
    "[[1]]",
    "[{}]",
    "{}",
    "{ a = 1 }",
    "2026-01-01",
]
KEYS = [line for line in dict.fromkeys(GOOD.splitlines()) if " = " in line]


@pytest.mark.parametrize("line", KEYS, ids=lambda line: line.partition(" ")[0])
def test_any_value_of_a_key_ends_in_a_message_or_in_a_plan(tmp_path: Path, line: str) -> None:
    key = line.partition(" = ")[0]
    at = GOOD.splitlines().index(line) + 1
    for odd in ODD:
        plan, faults = read(tmp_path, GOOD.replace(line, f"{key} = {odd}", 1))
        assert all(fault.startswith("plan:") for fault in faults)
        assert faults or plan.versions[0].most_bp <= 10_000
        if any(f" {key} " in fault for fault in faults):
            assert f"plan:{at}:" in {fault.split(" ")[0] for fault in faults}


@pytest.mark.parametrize(
    "text",
    [
        "version = 3",
        "version = [3]",
        "[version]\nsince = '2026-01'",
        "[[version]]\nsince = '2026-01'\nrule = 3\nrank = 3\ncaps = 3",
        "[[version]]\nsince = '2026-01'\nrule = [3]\nrank = [[]]",
        "[[version]]\nsince = '2026-01'\n[version.rule]\nkind = 'retail'",
    ],
)
def test_a_value_that_is_no_table_is_reported(tmp_path: Path, text: str) -> None:
    _, faults = read(tmp_path, text)
    assert faults
    assert all(fault.startswith("plan:") for fault in faults)
