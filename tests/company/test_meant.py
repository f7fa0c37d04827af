"""A mistake in a file is answered in terms of what was meant, with the line and what to write."""

from pathlib import Path

import pytest

from bot.company import CompanyError, load_company
from bot.company.plan_file import read_plan
from tests.company.english import english

PROJECT = Path(__file__).parents[2]
PLAN = """[[version]]
since = "2026-01"
point_value = 1000

[[version.rank]]
slug = "silver"
id = "Perak"
en = "Silver"
group_points = 1500

[[version.rule]]
kind = "unilevel"
slug = "tim"
id = "Bonus tim"
en = "Team bonus"
rates = ["10%", "5%"]
own_points_min = 50

[[version.rule]]
kind = "personal"
slug = "sendiri"
id = "Bonus sendiri"
en = "Own bonus"
rate = "5%"
"""


def fault(tmp_path: Path, before: str, after: str) -> str:
    file = tmp_path / "plan.toml"
    assert before in PLAN
    file.write_text(PLAN.replace(before, after, 1), "utf-8")
    found = english(read_plan(file, ("id", "en"))[1])
    assert found, "it was read"
    return "\n".join(found).replace(str(file), "plan")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            'rate = "5%"',
            "rate = 5",
            "24: [[version.rule]] 2 rate is 5; write it in quotes and",
        ),
        ('rate = "5%"', "rate = 2.5", 'with its sign: "2,5%"'),
        ('rate = "5%"', 'rate = "5"', 'write the sign behind it: "5%"'),
        ('rate = "5%"', 'rate = "5 persen"', 'write the sign behind it: "5%"'),
        ('rate = "5%"', "rate = 5%", '24: a percentage is written in quotes: "5%"'),
        ('rate = "5%"', "rate = 2,5 %", '24: a percentage is written in quotes: "2,5%"'),
        ('rate = "5%"', "rate = 2,5", "24: a number is whole; a percentage is written in quotes"),
        ('rate = "5%"', "rate = “5%”", "24: curly quotes are none; write straight ones: rate ="),
        ('rate = "5%"', 'rate = "5%', "24: a quote is open; close the text"),
        ('rate = "5%"', "rate =", "24: rate has no value"),
        ('rate = "5%"', 'rate: "5%"', "24: a key is followed by = and not by a colon: rate = …"),
        ('rate = "5%"', 'rate = "2,125%"', 'two decimals are the most: write "2,12%" or "2,13%"'),
        ('rate = "5%"', 'rate = "0.999%"', 'write "0,99%" or "1,00%"'),
        ('rate = "5%"', 'rate = "120%"', "must be a percentage in quotes up to"),
        ('["10%", "5%"]', "[10%, 5%]", '16: a percentage is written in quotes: "10%"'),
        ('["10%", "5%"]', "[10, 5]", 'level 1 is 10; write it in quotes and with its sign: "10%"'),
        ('["10%", "5%"]', '["10%" "5%"]', "16: a comma is missing between two texts"),
        ('["10%", "5%"]', '["10%", "5,125%"]', "level 2 is '5,125%'; two decimals are the most"),
        (
            "own_points_min = 50",
            "own_points_min = 50\nrates = []",
            "18: rates stands here a second",
        ),
        (
            "own_points_min = 50",
            'rates = ["5%"]',
            "17: rates stands here a second time, after line",
        ),
        (
            "point_value = 1000",
            "point_value = 1.000.000",
            "3: a number is written without dots: 1000000",
        ),
        ("point_value = 1000", "point_value = Rp1000", "3: rupiah are written as digits alone"),
        (
            "point_value = 1000",
            "ranks_kept = True",
            "3: write ranks_kept = true or ranks_kept = false",
        ),
        (
            "point_value = 1000",
            "ranks_kept = ya",
            "3: write ranks_kept = true or ranks_kept = false",
        ),
        ('slug = "tim"', "slug = tim", '13: a text is written in quotes: slug = "tim"'),
        (
            "[[version]]",
            "[version]",
            "1: [version] has single brackets; there may be several, so each",
        ),
        ("[[version.rank]]", "[version.rank]", "each begins with [[version.rank]]"),
        (
            "[[version.rule]]",
            "[version.rule]",
            "has single brackets here or on line 11, and double",
        ),
        (
            "[[version.rule]]",
            "[[rule]]",
            "[rule] belongs to a version; it begins with [[version.rule]]",
        ),
        (
            "[[version.rank]]",
            "[rank]",
            "[rank] belongs to a version; it begins with [[version.rank]]",
        ),
        (
            "[[version]]\n",
            "",
            "1: [since] belongs to a version: write it below a line [[version]]",
        ),
        (
            'since = "2026-01"',
            'since = "2026-01"\nrates = ["5%"]',
            "belongs to a rule: write it below",
        ),
        (
            'since = "2026-01"',
            'since = "2026-01"\nown_points = 5',
            "belongs to a rank: write it below",
        ),
    ],
)
def test_a_plan_file(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert said in fault(tmp_path, before, after)


def test_two_rules_in_single_brackets_are_answered_with_double_ones(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(PLAN.replace("[[version.rule]]", "[version.rule]"), "utf-8")
    (found,) = english(read_plan(file, ("id", "en"))[1])
    assert f"{file}:19: [version.rule] begins a second time, after line 11" in found
    assert "[[version.rule]]" in found


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('from = "08:00"', "from = 08:00", 'a time is written in quotes: "08:00"'),
        ("[[cards]]", "[cards]", "has single brackets"),
        ("[company]\n", "[[company]]\n", "single brackets: [company]"),
        ("approve_sales = true", "approve_sales = Ya", "write approve_sales = true or"),
    ],
)
def test_the_company_file(tmp_path: Path, before: str, after: str, said: str) -> None:
    text = (PROJECT / "company.sample.toml").read_text("utf-8")
    assert before in text
    file = tmp_path / "company.toml"
    file.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(CompanyError) as error:
        load_company(file)
    words = english(error.value.found)
    assert any(said in each for each in words), words
    assert words[0].startswith(f"{file}:")
