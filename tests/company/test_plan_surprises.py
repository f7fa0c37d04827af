"""What a plan says and its author may not mean is a warning; a sound plan has none."""

from pathlib import Path

import pytest

from bot.company.plan_file import Article, read_plan, surprises_of
from tests.company.english import english, in_english

NOW = "2026-11"
NAMES = 'id = "A"\nen = "A"\n'
SILVER = f'[[version.rank]]\nslug = "silver"\n{NAMES}own_points = 30\n'
GIVEN = f'[[version.rank]]\nslug = "given"\n{NAMES}'
TEAM = f'[[version.rule]]\nkind = "unilevel"\nslug = "tim"\n{NAMES}rates = ["10%", "5%"]\n'


def head(more: str = "", since: str = "2026-01") -> str:
    return f'[[version]]\nsince = "{since}"\nqualify_by = "sold"\n{more}\n'


def rule(kind: str, more: str) -> str:
    return f'[[version.rule]]\nkind = "{kind}"\nslug = "x"\n{NAMES}{more}\n'


def surprises(
    tmp_path: Path, text: str, *articles: Article, most_points: int | None = None
) -> list[str]:
    file = tmp_path / "plan.toml"
    file.write_text(text, "utf-8")
    plan, faults = read_plan(file, ("id", "en"))
    assert faults == []
    return [in_english(each) for each in surprises_of(plan, NOW, articles, most_points)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (head().replace("sold", "bought") + TEAM, "goods that members buy for themselves meet"),
        (head().replace('qualify_by = "sold"', "") + TEAM, "Permendag 70/2019 Art. 21(f) and (g)"),
        (head(since="2062-01") + TEAM, "begins 422 months from now"),
        (head(since="2027-12") + TEAM, "begins 13 months from now"),
        (head() + TEAM.replace('"5%"', '"0%"'), "tim: level 2 pays 0 %"),
        (head() + rule("personal", 'rate = "0%"'), "x: it pays 0 %"),
        (head() + rule("personal", 'by_points = { 5 = "0%", 9 = "3%" }'), "the row of 5 pays 0 %"),
        (head() + SILVER + rule("pool", 'rank_min = "silver"\nrate = "0%"'), "x: it pays 0 %"),
        (
            head() + rule("personal", 'by_points = { 10 = "3%", 60 = "5%" }\nown_points_min = 50'),
            "a row at 10 points, and no member with fewer than 50 own points is paid",
        ),
        (
            head() + rule("differential", 'by_points = { 49 = "3%" }\nown_points_min = 50'),
            "a row at 49 points",
        ),
        (head('breakaway = "silver"') + SILVER + TEAM, "breakaway changes nothing"),
        (head() + "[version.caps]\nmember = 1\n" + TEAM, "the cap for member is Rp1 a month"),
        (
            head() + "[version.caps]\nrank = { silver = 25 }\n" + SILVER + TEAM,
            "the cap for rank silver is Rp25 a month",
        ),
    ],
)
def test_each_surprise_is_named(tmp_path: Path, text: str, said: str) -> None:
    (found,) = surprises(tmp_path, text)
    assert said in found
    assert found.startswith("Version 20")


@pytest.mark.parametrize(
    "text",
    [
        head(since="2027-11") + TEAM,
        head() + rule("personal", 'by_points = { 50 = "3%", 60 = "5%" }\nown_points_min = 50'),
        head() + SILVER + rule("differential", 'by_rank = { silver = "3%" }\nown_points_min = 50'),
        head('breakaway = "silver"') + SILVER + rule("generation", 'rates = ["4%"]'),
        head() + "[version.caps]\nmember = 1000\n" + TEAM,
        # What holds no longer is not looked at.
        head() + TEAM.replace('"5%"', '"0%"') + head(since="2026-11") + TEAM,
        head().replace("sold", "bought") + TEAM + head(since="2026-11") + TEAM,
        head(since="2026-12").replace('qualify_by = "sold"', "") + TEAM,
    ],
)
def test_a_sound_plan_has_none(tmp_path: Path, text: str) -> None:
    assert surprises(tmp_path, text) == []


def test_ranks_that_no_member_can_reach_are_named_with_the_reason(tmp_path: Path) -> None:
    gold = f'[[version.rank]]\nslug = "gold"\n{NAMES}group_points = 15000\n'
    crown = f'[[version.rank]]\nslug = "crown"\n{NAMES}own_points = 40\nlegs = ["2 gold"]\n'
    text = head() + SILVER + gold + crown + TEAM
    assert surprises(tmp_path, text) == surprises(tmp_path, text, most_points=15_000) == []
    first, second = surprises(tmp_path, text, most_points=14_999)
    assert "gold: it asks for 15.000 points in a month" in first
    assert "14.999 in its best one" in first
    assert "crown: its legs need gold, which is as far" in second


PLAN = head("point_value = 1000") + TEAM
SOAP = Article("SABUN", 40_000, 50_000, 40)


def test_an_article_whose_bonus_can_exceed_what_the_company_gets_is_named(tmp_path: Path) -> None:
    # 15 % of 267 points of Rp1.000 is 40.050; of 266 it is 39.900.
    assert surprises(tmp_path, PLAN, SOAP, SOAP._replace(bonus_value=266)) == []
    dear = [SOAP._replace(sku=f"A{n}", bonus_value=267 + n) for n in range(7)]
    (found,) = surprises(tmp_path, PLAN, SOAP, *dear)
    assert "what the company gets for 7 articles" in found
    assert "A6 up to Rp40.950 of Rp40.000, A5" in found
    assert "and 2 more" in found
    assert "SABUN" not in found


def test_an_article_whose_bonus_can_exceed_the_cap_is_named(tmp_path: Path) -> None:
    capped = head("point_value = 1000") + '[version.caps]\ncompany = "20%"\n' + TEAM
    # 20 % of Rp50.000 is 10.000: 15 % of 66.000 is 9.900, of 67.000 it is 10.050.
    assert surprises(tmp_path, capped, SOAP._replace(bonus_value=66)) == []
    (found,) = surprises(tmp_path, capped, SOAP._replace(bonus_value=67))
    assert "bonuses of 1 article can exceed the cap of the company, 20 %" in found
    assert "SABUN up to Rp10.050 of Rp50.000" in found


def test_a_pool_of_net_sales_is_added(tmp_path: Path) -> None:
    pool = rule("pool", 'rank_min = "silver"\nrate = "50%"\nof = "sales"')
    text = head() + SILVER + TEAM + pool
    article = SOAP._replace(bonus_value=100_001)
    # 15 % of 100.001 and 50 % of 50.000 come to 40.000,15.
    assert surprises(tmp_path, text, article) == []
    (found,) = surprises(tmp_path, text, article._replace(bonus_value=100_007))
    assert "SABUN up to Rp40.001" in found


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("matching", '"matching" is a bonus on the bonuses of others, not on sales'),
        ("Matching_Bonus", "Write generation"),
        ("check-match", "bonus on the bonuses of others"),
        ("stairstep", "Write differential"),
        ("selisih", "Write differential"),
        ("leadership", "Write generation"),
        ("override", "Write generation"),
        ("uni-level", "Write unilevel"),
        ("rabat", "Write personal"),
        ("profit sharing", "Write pool"),
        ("eceran", "Write retail"),
        ("binary", "pays for places, of which one person may hold several, which is forbidden"),
        ("pairing", "pays for places"),
        ("bonus-pasangan", "pays for places"),
        ("sponsor-bonus", "pays for recruiting, which is forbidden"),
        ("matrix", "pays for places"),
        ("hadiah", "must be one of"),
    ],
)
def test_a_well_known_bonus_is_answered_as_what_it_is(
    tmp_path: Path, kind: str, said: str
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(head() + rule(kind, 'rates = ["5%"]'), "utf-8")
    _, faults = read_plan(file, ("id", "en"))
    (fault,) = english(faults)
    assert said in fault
    assert '"unilevel"' in fault
