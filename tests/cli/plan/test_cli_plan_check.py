"""`plan check` says what a plan pays, or every mistake; it needs nothing but the file."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.command_line import command_line
from tests.cli.office import PROJECT

EXAMPLES = PROJECT / "examples" / "plans"


def check(*words: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(command_line, ["plan", "check", *map(str, words)])
    return result.exit_code, result.output


RANKS = """\
Plan from 2026-01 on
  own points are those sold to customers; goods for own use count for the group alone
  ranks, from the lowest (reached again each month):
    bronze (Perunggu / Bronze): 100 points sold to customers, 3 different customers
    silver (Perak / Silver): 100 points sold to customers, 3 different customers, \
1.000 points of the group, 2 legs with a bronze
    gold (Emas / Gold): 100 points sold to customers, 5 different customers, \
15.000 points of the group in all months, 2 legs whose first member is silver, \
4 legs whose first member is bronze
  rules:
    selisih (Bonus selisih / Group bonus): differential by rank, \
bronze 6 %, silver 9 %, gold 12 %; each takes the difference to those below
      requires a valid membership
    pembina (Bonus pembina / Coach bonus): unilevel, 2 % + 1 % from level 1 on; \
a member who lacks any condition, also the rank, is skipped
      requires a valid membership, the rank silver
    each credit is multiplied first, then rounded down to a whole rupiah, once
  caps: none
  of one rupiah of bonus value:
    paid at most in all   15 %
    paid for recruiting   0,00 %: no rule can

prices not compared, as there is no database here; name a price list with --products FILE
"""
PRICES = """sku;name;member_price;retail_price;points;bonus_value;category
SABUN;Sabun Sereh;40000;50000;5;4000;sabun
MADU;Madu Hutan;100000;125000;16;70000;madu
"""


@pytest.fixture(autouse=True)
def no_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder in which nothing is set up."""
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "DATABASE_URL", "COMPANY_FILE"):
        monkeypatch.delenv(name, raising=False)


def test_a_plan_is_described_on_one_screen() -> None:
    assert check(EXAMPLES / "ranks.toml") == (0, RANKS)


def test_caps_and_the_value_of_a_point_are_shown() -> None:
    code, output = check(EXAMPLES / "caps.toml")
    assert code == 0
    for line in (
        "  1 of bonus value is Rp1.000\n",
        "    one member at most Rp25.000.000 a month\n",
        "    a member of rank pemula at most Rp1.000.000 a month\n",
        "    all bonuses together at most 40 % of net sales\n",
    ):
        assert line in output


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("amway-india", "4 % from generation 1 on; at least that of Rp600.000, made up by the"),
        ("generation", "a group breaks away when its leader is paid as leader or higher"),
        ("personal", "part of own sales by own points of the month, 100: 3 %, 300: 5 %"),
        ("retail", "20 % of own sales that customers pay; not paid by the company"),
        ("dxn", "1 leg with a star"),
        ("hni-hpa", "ranks, from the lowest (once reached, kept):"),
        ("k-link", "p3 (Peringkat 3 persen / Rank 3 percent): not reached by sales"),
        ("differential", "differential by points of the group in the month, 200: 3 %, 600: 6 %"),
    ],
)
def test_each_kind_has_words(name: str, said: str) -> None:
    code, output = check(EXAMPLES / f"{name}.toml")
    assert code == 0
    assert said in output


def test_versions_follow_each_other(tmp_path: Path) -> None:
    rule = '[[version.rule]]\nkind = "personal"\nslug = "a"\nid = "A"\nen = "A"\nrate = "2,5%"\n'
    file = tmp_path / "plan.toml"
    text = "".join(f'[[version]]\nsince = "{since}"\n{rule}' for since in ("2026-01", "2027-01"))
    file.write_text(text, "utf-8")
    code, output = check(file)
    assert code == 0
    assert "Plan from 2026-01 on, until 2027-01 begins\n" in output
    assert "Plan from 2027-01 on\n" in output
    assert output.count("a (A / A): 2,5 % of own sales") == 2


def test_a_warning_is_shown_and_stops_nothing() -> None:
    code, output = check(EXAMPLES / "dxn.toml")
    assert code == 0
    assert "\nwarn  Version 2026-01: up to 52 % of the bonus value can be paid" in output
    assert "Permendag 32/2008" in output
    assert "not confirmed" in output


def test_every_mistake_is_reported_with_its_line_and_the_exit_code_is_2(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    text = (EXAMPLES / "unilevel.toml").read_text("utf-8")
    text = text.replace('"10%"', '"ten"').replace('"skip-inactive"', '"skip"')
    file.write_text(text, "utf-8")
    code, output = check(file)
    assert code == 2
    lines = text.splitlines()
    for key in ("rates", "compression"):
        line = next(at for at, each in enumerate(lines, start=1) if each.startswith(key))
        assert f"  - {file}:{line}: [[version.rule]] 1 {key} " in output


def test_a_file_that_is_not_there_is_exit_code_2(tmp_path: Path) -> None:
    code, output = check(tmp_path / "none.toml")
    assert code == 2
    assert "does not exist; begin with plan.sample.toml" in output


def test_a_company_of_one_language_needs_names_in_that_alone(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    text = (EXAMPLES / "unilevel.toml").read_text("utf-8").replace('en = "Team bonus"\n', "")
    file.write_text(text, "utf-8")
    assert check(file)[0] == 2
    assert check(file, "--language", "id")[0] == 0


def test_it_needs_no_settings_no_company_and_no_database(tmp_path: Path) -> None:
    assert check(EXAMPLES / "unilevel.toml")[0] == 0
    assert list(tmp_path.iterdir()) == []


def test_a_price_list_is_compared_with_the_plan(tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text(PRICES, "utf-8")
    file = tmp_path / "plan.toml"
    text = (EXAMPLES / "unilevel.toml").read_text("utf-8")
    file.write_text(text.replace("qualify_by", "point_value = 10\nqualify_by"), "utf-8")
    code, output = check(file, "--products", prices)
    assert code == 0
    assert f"prices compared: 2 articles of {prices}\n" in output
    # 18 % of 70.000 points of Rp10 is more than the Rp100.000 that the company gets.
    assert "for 1 article, the member price: MADU up to Rp126.000 of Rp100.000" in output
    prices.write_text(PRICES.replace("70000", "much"), "utf-8")
    code, output = check(file, "--products", prices)
    assert (code, f"{prices}:3: " in output) == (2, True)


def test_a_plan_that_drops_a_rank_unasked_is_shown_and_refused(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    text = (EXAMPLES / "ranks.toml").read_text("utf-8")
    later = (EXAMPLES / "unilevel.toml").read_text("utf-8").replace("2026-01", "2027-01")
    file.write_text(text + later, "utf-8")
    code, output = check(file)
    assert code == 2
    assert "Plan from 2027-01 on\n" in output
    assert output.count("ranks_dropped = [") == 3


def test_purchases_that_qualify_are_said_and_warned_of(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    text = (EXAMPLES / "unilevel.toml").read_text("utf-8")
    _, output = check(EXAMPLES / "unilevel.toml")
    assert "own points are those sold to customers; goods for own use count for" in output
    assert "requires a valid membership, 50 points sold to customers" in output
    assert "warn" not in output
    file.write_text(text.replace('qualify_by = "sold"\n', ""), "utf-8")
    _, output = check(file)
    assert "own points are those sold to customers and those of goods for own use" in output
    assert "warn  Version 2026-01: goods that members buy for themselves meet" in output
    file.write_text(
        text.replace('qualify_by = "sold"\n', "").replace("2026-01", "2026-12"), "utf-8"
    )
    assert "goods for own use count for the group alone" in check(file)[1]


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        (None, "The plan cannot be used:\n  - plan.toml:1: [version] must be tables, each under"),
        (
            '["id", "en"]',
            "Rencana bonus belum bisa dipakai:\n  - plan.toml:1: [version] harus tabel",
        ),
        (
            '["en"]',
            "The plan cannot be used:\n  - plan.toml:1: [version] must be tables, each under",
        ),
    ],
)
def test_faults_are_told_in_the_first_language_of_the_company(
    tmp_path: Path, languages: str | None, said: str
) -> None:
    (tmp_path / "plan.toml").write_text("version = 3", "utf-8")
    if languages:
        (tmp_path / "company.toml").write_text(f"[company]\nlanguages = {languages}\n", "utf-8")
    code, output = check("plan.toml")
    assert code == 2
    assert said in output


def test_a_plan_run_tells_its_faults_in_the_first_language_too(tmp_path: Path) -> None:
    (tmp_path / "company.toml").write_text("[company]\n", "utf-8")
    for name in ("tree.csv", "sales.csv"):
        (tmp_path / name).write_text("kode\n", "utf-8")
    plan = EXAMPLES / "personal.toml"
    arguments = ["plan", "run", str(plan), "--tree", "tree.csv", "--sales", "sales.csv"]
    for out, period, said in (
        ("none/result.csv", "2026-10", "Tidak ada folder none untuk hasilnya."),
        ("tree.csv", "2026-10", "tree.csv termasuk berkas yang dibaca"),
        ("result.csv", "2020-01", "jadi tidak ada aturannya untuk 2020-01"),
        ("result.csv", "2026-10", "tree.csv"),
    ):
        words = [*arguments, "--period", period, "--out", out]
        result = CliRunner().invoke(command_line, words)
        assert result.exit_code == 2
        assert said in result.output
        assert "cannot" not in result.output
