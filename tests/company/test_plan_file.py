"""The plan file is read correctly, and each mistake is reported with its line."""

from pathlib import Path

import pytest

from bot.company import CompanyError, load_company
from bot.company.plan_file import read_plan
from bot.core.plans import Conditions, Unilevel
from tests.company.english import english

PROJECT = Path(__file__).parents[2]

GOOD = """
[[version]]
since = "2026-01"
[[version.rule]]
kind = "unilevel"
slug = "tim"
id = "Bonus tim"
en = "Team bonus"
rates = ["10%", "2,5 %", "0.25%"]
own_points_min = 50

[[version]]
since = "2027-01"
[[version.rule]]
kind = "unilevel"
slug = "tim"
id = "Bonus tim"
en = "Team bonus"
rates = ["5%"]
compression = "none"
"""


def refusal_of(file: Path) -> str:
    with pytest.raises(CompanyError) as refused:
        load_company(file)
    return "\n".join(english(refused.value.found))


def faults(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "plan.toml"
    file.write_text(text, "utf-8")
    return [each.replace(f"{file}", "plan") for each in english(read_plan(file, ("id", "en"))[1])]


def test_a_plan_is_read_version_by_version(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(GOOD, "utf-8")
    plan, found = read_plan(file, ("id", "en"))
    assert found == []
    names = (("id", "Bonus tim"), ("en", "Team bonus"))
    first, second = plan.versions
    assert first.rules == (
        Unilevel("tim", names, (1_000, 250, 25), "skip-inactive", Conditions(50)),
    )
    assert second.rules == (Unilevel("tim", names, (500,), "none", Conditions()),)
    assert plan.version_for("2025-12") is None
    assert plan.version_for("2026-12") == first
    assert plan.version_for("2027-01") == second
    assert first.digest != second.digest


def test_the_sample_is_a_plan() -> None:
    plan, found = read_plan(PROJECT / "plan.sample.toml", ("id", "en"))
    assert found == []
    assert len(plan.versions) == 1


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'since = "2026-01"',
            'since = "Januari"',
            "plan:3: [[version]] 1 since must be the first",
        ),
        ('since = "2027-01"', 'since = "2026-01"', "plan:13: [[version]] 2 since must be later"),
        ('kind = "unilevel"', 'kind = "sponsor"', "plan:5: "),
        ('slug = "tim"', 'slug = "Tim!"', "plan:6: "),
        ('id = "Bonus tim"', 'id = ""', "plan:7: "),
        ('en = "Team bonus"', "", "plan:4: "),
        ('rates = ["10%", "2,5 %", "0.25%"]', "rates = []", "plan:9: "),
        ('"2,5 %"', "2.5", "level 2 is 2.5"),
        ('"10%"', '"99%"', "more than 100 %"),
        ('"10%"', '"101%"', "level 1 is '101%'"),
        ("own_points_min = 50", "own_points_min = -1", "plan:10: "),
        ("own_points_min = 50", "own_point_min = 50", "did you mean own_points_min?"),
        ('compression = "none"', 'compression = "all"', '"skip-inactive", "none" or "skip'),
        (
            '[[version]]\nsince = "2026-01"',
            'spare = 3\n[[version]]\nsince = "2026-01"',
            "known are",
        ),
    ],
)
def test_a_mistake_is_reported_with_its_line(
    tmp_path: Path, before: str, after: str, said: str
) -> None:
    assert before in GOOD
    found = faults(tmp_path, GOOD.replace(before, after, 1))
    assert any(said in fault for fault in found), found


def test_two_rules_of_a_version_have_two_names(tmp_path: Path) -> None:
    rule = GOOD[GOOD.index("[[version.rule]]") : GOOD.index("[[version]]", 5)]
    (fault,) = faults(tmp_path, GOOD.replace(rule, rule + rule, 1))
    assert "another rule of this version" in fault


@pytest.mark.parametrize("text", ["", "[[version]]\nsince = '2026-01'\n", "version = 3", "x ="])
def test_a_file_that_holds_no_plan_is_refused(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text)


def test_the_company_file_names_the_plan_and_reports_its_mistakes(tmp_path: Path) -> None:
    words = (PROJECT / "company.sample.toml").read_text("utf-8")
    named = words.replace('root_code = "PUSAT"', 'root_code = "PUSAT"\nplan_file = "plan.toml"')
    company = tmp_path / "company.toml"
    company.write_text(named, "utf-8")
    assert "plan.sample.toml" in refusal_of(company)
    (tmp_path / "plan.toml").write_text(GOOD, "utf-8")
    assert load_company(company).plan.version_for("2026-11") is not None
    (tmp_path / "plan.toml").write_text(GOOD.replace('"10%"', '"ten"'), "utf-8")
    assert "level 1 is 'ten'" in refusal_of(company)
    company.write_text(words.replace('root_code = "PUSAT"', 'root_code = "PUSAT"\nplan = 3'))
    assert "is a file of its own" in refusal_of(company)
