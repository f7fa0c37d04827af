"""The page about plans says what the plan does, to the rupiah, and names every key."""

import re
from pathlib import Path

import pytest

from bot.company.plan_file import read_plan
from bot.company.plan_file.caps import CAP_KEYS
from bot.company.plan_file.ranks import RANK_KEYS
from bot.company.plan_file.rules import RULE_KEYS
from bot.company.plan_file.versions import VERSION_KEYS
from bot.content.file_words import file_words
from bot.core.plans import Credit, Snapshot, Unilevel, Version, credits_of, month_under
from bot.core.plans.kinds import KINDS
from tests.plans.keys_page import with_keys

PAGE = (Path(__file__).parents[2] / "docs" / "plans.md").read_text("utf-8")
LANGUAGES = ("id", "en")
LAWS = ("recruiting", "places", "purchase")
BLOCKS: list[str] = re.findall(r"^```toml\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)
VERSION = '[[version]]\nsince = "2026-01"\n'

Row = tuple[int, int | None, bool, int, int]


def sold(rows: list[Row]) -> Snapshot:
    """A month in which all points are of sales to customers."""
    return Snapshot.of((*row, 0, 0, 0, 0, row[3]) for row in rows)


def plan_of(tmp_path: Path, block: str) -> Version:
    """Returns the version that a block shows; a rule shown alone is wrapped in a version."""
    file = tmp_path / "plan.toml"
    file.write_text(block if "[[version]]" in block else VERSION + block, "utf-8")
    plan, faults = read_plan(file, LANGUAGES)
    assert faults == []
    version = plan.version_for("2026-10")
    assert version is not None
    return version


def block_below(heading: str) -> str:
    """The first block after a heading."""
    return next(each for each in BLOCKS if each in PAGE.partition(f"\n{heading}\n")[2])


def table_below(heading: str, number: int = 1) -> list[list[str]]:
    """The rows of a table after a heading, without its head."""
    assert f"\n{heading}\n" in PAGE
    text = PAGE.partition(f"\n{heading}\n")[2]
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    lines = tables[number - 1].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def items_below(heading: str) -> list[str]:
    """The items of the first list after a heading, each in one line."""
    assert f"\n{heading}\n" in PAGE
    text = PAGE.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    return [
        " ".join(item.split())
        for item in re.findall(r"^- ((?:.|\n(?!\n|- ))+)", text, re.MULTILINE)
    ]


def keys_below(heading: str) -> list[str]:
    """The keys in front of the colon of each item."""
    items = items_below(heading)
    return [key for item in items for key in re.findall("`(.*?)`", item.partition(": ")[0])]


@pytest.mark.parametrize("block", BLOCKS, ids=[str(at) for at in range(1, len(BLOCKS) + 1)])
def test_every_block_on_the_page_is_a_plan(tmp_path: Path, block: str) -> None:
    assert plan_of(tmp_path, block).most_bp > 0


@pytest.mark.parametrize(
    ("heading", "keys"),
    [("### Keys of a version", VERSION_KEYS), ("## Ranks", RANK_KEYS), ("## Caps", CAP_KEYS)],
)
def test_the_page_lists_every_key_and_no_other(heading: str, keys: tuple[str, ...]) -> None:
    assert sorted(keys_below(heading)) == sorted(keys)


def test_the_list_of_keys_is_as_the_kinds_make_it() -> None:
    assert with_keys(PAGE) == PAGE, "docs/plans.md is stale: make docs"
    stale = PAGE.replace("- `rate` (", "- `rates` (")
    assert stale != PAGE
    assert with_keys(stale) == PAGE
    with pytest.raises(ValueError, match="mark"):
        with_keys(PAGE.replace("<!-- end -->", ""))


def test_every_kind_has_a_chapter() -> None:
    chapters = re.findall(r"^## (.+)", PAGE, re.MULTILINE)
    named = {word.lower() for chapter in chapters for word in re.findall(r"\w+", chapter)}
    assert [kind for kind in KINDS if kind not in named] == []


def test_the_page_lists_every_key_of_a_rule_with_its_kinds() -> None:
    shown: dict[str, set[str]] = {kind: set() for kind in RULE_KEYS}
    for item in items_below("### Keys of a rule"):
        keys, _, kinds = item.partition(": ")[0].partition(" (")
        for kind in RULE_KEYS if kinds == "all kinds)" else re.findall("`(.*?)`", kinds):
            shown[kind] |= set(re.findall("`(.*?)`", keys))
    assert shown == {kind: set(keys) for kind, keys in RULE_KEYS.items()}


def test_the_page_lists_every_article() -> None:
    shown = [item.partition("Forbidden by ")[2] for item in items_below("## What no plan may do")]
    assert shown[:3] == [f"{file_words('en')[f'law of {thing}']}." for thing in LAWS]


def whole(text: str) -> int:
    return int(text.replace(".", ""))


def reckoned(heading: str, names: dict[int, str], paid: list[Credit]) -> None:
    """The table below a heading that ends in rupiah lists exactly the payments."""
    number = 1 if "level" in PAGE.partition(f"\n{heading}\n")[2].partition("|---")[0] else 2
    shown = [
        (who, source, int(level), whole(rupiah))
        for who, source, level, _, rupiah in table_below(heading, number)
    ]
    assert sorted(shown) == sorted(
        (names[each.member_id], names[each.source_id], each.level, each.amount) for each in paid
    )


def test_the_unilevel_by_hand_is_what_the_rule_pays(tmp_path: Path) -> None:
    names = {1: "Sari", 2: "Rina", 3: "Tuti"}
    rows: list[Row] = [
        (1, None, True, 55, 0),
        (2, 1, True, 62, 300_000),
        (3, 2, True, 9, 70_005),
    ]
    paid = credits_of(plan_of(tmp_path, BLOCKS[0]), sold(rows))
    reckoned("### An example by hand", names, paid)


def test_the_differential_by_hand_is_what_the_rule_pays(tmp_path: Path) -> None:
    heading, names = "### A differential by hand", {1: "Sari", 2: "Rina", 3: "Tuti", 4: "Wati"}
    shown = table_below(heading)
    rows: list[Row] = [
        (number, above, True, whole(own), whole(bonus))
        for (number, above), (_, own, bonus, _, _) in zip(
            {1: None, 2: 1, 3: 2, 4: 1}.items(), shown, strict=True
        )
    ]
    version = plan_of(tmp_path, block_below("## Differential"))
    month = month_under(version, sold(rows))
    assert list(month.group_points) == [whole(row[3]) for row in shown]
    reckoned(heading, names, credits_of(version, month.snapshot))


def test_the_generations_by_hand_are_what_the_rule_pays(tmp_path: Path) -> None:
    heading, names = "### Generations by hand", {1: "Ana", 2: "Budi", 3: "Citra", 4: "Dewi"}
    shown = table_below(heading)
    rows: list[Row] = [
        (number, number - 1 or None, True, whole(row[1]), whole(row[2]))
        for number, row in enumerate(shown, start=1)
    ]
    version = plan_of(tmp_path, block_below("## Generation"))
    month = month_under(version, sold(rows))
    assert list(month.group_points) == [whole(row[3]) for row in shown]
    assert list(month.leaders) == [row[5] == "yes" for row in shown]
    reckoned(heading, names, credits_of(version, month.snapshot))


def test_the_guarantee_works_as_described(tmp_path: Path) -> None:
    block = block_below("## Generation").replace('["4%", "2%"]', '["4%"]\nguarantee = 600000')
    version = plan_of(tmp_path, block)
    rows: list[Row] = [
        (1, None, True, 450, 0),
        (2, 1, True, 500, 500_000),
        (3, 2, True, 1_300, 700_000),
    ]
    earned = {1: 0, 2: 0}
    for credit in credits_of(version, sold(rows)):
        earned[credit.member_id] += credit.amount
    assert earned == {1: 24_000, 2: 24_000}
    assert "the missing 4.000 come out of Budi's 28.000, who keeps 24.000" in " ".join(
        PAGE.split()
    )


def test_compression_works_as_described(tmp_path: Path) -> None:
    names = {1: "Ayu", 2: "Bayu", 3: "Citra", 4: "Dewi"}
    rows: list[Row] = [(n, n - 1 or None, n != 3, 99, 0) for n in range(1, 5)]
    rows.append((5, 4, True, 99, 1_000_000))
    (rule,) = plan_of(tmp_path, BLOCKS[0]).rules
    assert isinstance(rule, Unilevel)
    columns = {"none": 1, "skip-inactive": 2}
    for way, column in columns.items():
        other = Unilevel("tim", (), rule.rates_bp, way, rule.conditions)  # type: ignore[arg-type]
        found = credits_of(Version("2026-01", (other,)), sold(rows))
        paid = {names[each.member_id]: said(each) for each in found}
        shown = {row[0]: row[column] for row in table_below("### Compression, both ways")}
        total = sum(each.amount for each in found)
        assert shown.pop("paid in all") == f"{total:,}".replace(",", ".")
        assert {who: cell for who, cell in shown.items() if ":" in cell} == paid


def said(credit: Credit) -> str:
    """A credit in the words of the table."""
    return f"level {credit.level}: {credit.amount:,}".replace(",", ".")
