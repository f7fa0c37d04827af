"""The commands about plans speak the first language of the company, in every line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli.command_line import command_line
from bot.company.plan_file import Article, read_plan, surprises_of, warnings_of
from bot.content.file_words import file_words, said_words
from bot.core.file_faults import Said
from tests.cli.office import PROJECT

EXAMPLES = PROJECT / "examples"
PLANS = sorted((EXAMPLES / "plans").glob("*.toml"))
TABLES = (
    "--tree", str(EXAMPLES / "plan-run" / "tree.csv"),
    "--sales", str(EXAMPLES / "plan-run" / "sales.csv"),
    "--period", "2026-10",
)  # fmt: skip
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        "an the of and is are it its to for with at by on from or not no which what who than "
        "whose most members sales points paid pays bonuses month rank ranks rule rules value can "
        "be only above below here there read left out each all other as in that this requires "
        "valid",
    )
)
"""English words that no Indonesian sentence holds; names of plans and keys of files hold none."""

SUMMARY = """\
Rencana bonus mulai 2026-01
  poin sendiri hanya dari penjualan ke pelanggan; \
barang yang dipakai sendiri hanya dihitung untuk grup
  peringkat, dari yang terendah (dicapai lagi setiap bulan):
    bronze (Perunggu / Bronze): 100 poin dari penjualan ke pelanggan, 3 pelanggan berbeda
    silver (Perak / Silver): 100 poin dari penjualan ke pelanggan, 3 pelanggan berbeda, \
1.000 poin grup, 2 jalur yang memuat bronze
    gold (Emas / Gold): 100 poin dari penjualan ke pelanggan, 5 pelanggan berbeda, \
15.000 poin grup dari semua bulan, 2 jalur yang mitra pertamanya silver, \
4 jalur yang mitra pertamanya bronze
  aturan:
    selisih (Bonus selisih / Group bonus): selisih menurut peringkat, \
bronze 6 %, silver 9 %, gold 12 %; setiap mitra mendapat selisihnya dengan yang di bawahnya
      syarat: keanggotaan yang masih berlaku
    pembina (Bonus pembina / Coach bonus): unilevel, 2 % + 1 % mulai tingkat 1; \
mitra yang kurang satu syarat saja, termasuk peringkat, dilewati
      syarat: keanggotaan yang masih berlaku, peringkat silver
    setiap bonus dikalikan dulu, lalu dibulatkan satu kali ke bawah, ke rupiah penuh
  batas: tidak ada
  dari satu rupiah nilai bonus:
    paling banyak dibayar   15 %
    dibayar untuk perekrutan   0,00 %: tidak ada aturan yang bisa membayarnya

harga tidak dibandingkan karena di sini tidak ada database; sebutkan daftar harga dengan \
--products FILE
"""
MONTH = """\
2026-10 menurut {file}, versi 2026-01
  mitra           5 orang, 4 di antaranya menjual
  terjual         Rp1.230.000 dari 7 penjualan
  nilai bonus     Rp820.000
  bonus           Rp49.200 untuk 2 mitra
  dari penjualan  4,00 %
  dipotong batas  Rp0
  dari perekrutan 0,00 %
Bonus terbesar
  M-0001  Rp34.500
  M-0002  Rp14.700
Catatan: penjualan pendaftaran tidak dihitung: 1 (Rp150.000); tidak ada yang dibayar untuk \
pendaftaran
Catatan: penjualan bulan lain tidak dihitung: 1
Catatan: retur di antara penjualan: 1
6 baris ditulis ke result.csv.
"""
PRICES = """kode;nama;harga_mitra;harga_eceran;poin;nilai_bonus;kategori
MADU;Madu Hutan;1000;125000;16;70000;madu
"""
NAMES = 'id = "A"\nen = "A"\n'
DOUBTFUL = f"""
[[version]]
since = "2026-01"
qualify_by = "bought"
point_value = 10
breakaway = "two"
ranks_kept = false

[version.caps]
member = 1
rank = {{ one = 25 }}

[[version.rank]]
slug = "one"
{NAMES}own_points = 30

[[version.rank]]
slug = "two"
{NAMES}own_points = 99000

[[version.rank]]
slug = "three"
{NAMES}own_points = 99000
legs = ["2 two"]

[[version.rule]]
kind = "unilevel"
slug = "tim"
{NAMES}rates = ["40%", "0%", "0%"]

[[version.rule]]
kind = "personal"
slug = "sendiri"
{NAMES}by_points = {{ 10 = "0%", 20 = "3%" }}
own_points_min = 50

[[version.rule]]
kind = "personal"
slug = "nol"
{NAMES}rate = "0%"

[[version.rule]]
kind = "differential"
slug = "selisih"
{NAMES}by_rank = {{ one = "0%", two = "3%" }}

[[version]]
since = "2062-01"
qualify_by = "sold"
point_value = 10
ranks_kept = true
ranks_dropped = ["one", "two", "three"]

[version.caps]
company = "45%"

[[version.rank]]
slug = "given"
{NAMES}
[[version.rank]]
slug = "led"
{NAMES}legs = ["1 given"]

[[version.rule]]
kind = "unilevel"
slug = "tim"
{NAMES}rates = ["44%"]

[[version]]
since = "2063-01"
qualify_by = "sold"
ranks_dropped = ["given", "led"]

[version.caps]
company = "20%"

[[version.rule]]
kind = "unilevel"
slug = "tim"
{NAMES}rates = ["44%"]
"""
"""A plan with every warning."""


@pytest.fixture(autouse=True)
def indonesian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder with the file of a company whose first language is Indonesian."""
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "DATABASE_URL", "COMPANY_FILE"):
        monkeypatch.delenv(name, raising=False)
    Path("company.toml").write_text('[company]\nlanguages = ["id", "en"]\n', "utf-8")
    Path("daftar.csv").write_text(PRICES, "utf-8")
    Path("ragu.toml").write_text(DOUBTFUL, "utf-8")


def told(*words: str | Path) -> str:
    result = CliRunner().invoke(command_line, ["plan", *map(str, words)])
    assert result.exit_code == 0, result.output
    return result.output


def english_in(output: str) -> set[str]:
    """Returns the English words of an output; the names in brackets and paths are the plan's."""
    bare = re.sub(r"\([^()]* / [^()]*\):|\S*/\S*|--\S+", " ", output)
    return set(re.findall(r"[a-z]+(?:[-_][a-z]+)*", bare.lower())) & STOP_WORDS


def said_in(said: Said) -> set[str]:
    """Returns the keys of a sentence and of its parts."""
    parts = (
        one for _, fact in said.facts for one in (fact if isinstance(fact, tuple) else [fact])
    )
    inner = (said_in(each) for each in parts if isinstance(each, Said))
    return {said.what}.union(*inner)


def test_plan_check_describes_a_plan() -> None:
    assert told("check", EXAMPLES / "plans" / "ranks.toml") == SUMMARY


def test_plan_run_tells_the_month() -> None:
    file = EXAMPLES / "plans" / "differential.toml"
    output = told("run", file, *TABLES, "--out", "result.csv")
    table, rest = output.split("(9)\n")
    assert table == "Membaca mitra (5)\nMembaca penjualan "
    assert rest == MONTH.format(file=file)


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.stem)
def test_no_line_about_a_plan_is_english(plan: Path) -> None:
    assert english_in(told("check", plan)) == set()
    assert english_in(told("check", plan, "--products", "daftar.csv")) == set()
    assert english_in(told("run", plan, *TABLES, "--out", "result.csv")) == set()
    assert english_in(told("simulate", plan, *TABLES)) == set()
    assert english_in(told("compare", plan, PLANS[0], *TABLES)) == set()


def test_the_words_that_are_looked_for_are_those_of_the_english_lines() -> None:
    Path("company.toml").write_text('[company]\nlanguages = ["en"]\n', "utf-8")
    silent = [
        line
        for plan in PLANS
        for command in (("check", plan), ("simulate", plan, *TABLES))
        for line in told(*command).splitlines()
        if len(re.findall(r"[a-z]+ [a-z]+ [a-z]+", line)) and not english_in(line)
    ]
    assert silent == []


def test_every_warning_is_told_in_the_first_language() -> None:
    output = told("check", "ragu.toml", "--products", "daftar.csv")
    warnings = [line for line in output.splitlines() if line.startswith("perhatikan  Versi 20")]
    assert len(warnings) > 15
    assert english_in(output) == set()
    assert "aturan tim: tingkat 2, tingkat 3 membayar 0 %" in output


def test_no_warning_is_left_out() -> None:
    """Every sentence of the chapter of warnings is said of the plan that is looked at here."""
    plan, faults = read_plan(Path("ragu.toml"), ("id", "en"))
    assert faults == []
    dear = [Article(f"A{number}", 100, 1_000, 70_000 + number) for number in range(7)]
    warnings = [
        *warnings_of(plan),
        *surprises_of(plan, "2026-11", dear, 15_000),
        *surprises_of(plan, "2026-11", dear[:1], None),
    ]
    said = set().union(*map(said_in, warnings))
    words = list(file_words("en"))
    chapter = words[words.index("of version") : words.index("prices compared")]
    assert set(chapter) - said == set()
    for each in warnings:
        assert english_in(said_words(each, "id")) == set()
        assert english_in(said_words(each, "en")) != set()
