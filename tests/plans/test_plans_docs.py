"""The page about plans says what the plan does, to the rupiah."""

import re
from pathlib import Path

from bot.company.plan_file import UNILEVEL_KEYS, read_plan
from bot.core.plans import Credit, Snapshot
from bot.core.plans.unilevel import Unilevel

PAGE = (Path(__file__).parents[2] / "docs" / "plans.md").read_text("utf-8")
LANGUAGES = ("id", "en")


def of_page(tmp_path: Path) -> Unilevel:
    """The rule of the file that the page shows."""
    shown = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert shown is not None
    file = tmp_path / "plan.toml"
    file.write_text(shown[1], "utf-8")
    plan, faults = read_plan(file, LANGUAGES)
    assert faults == []
    version = plan.version_for("2026-10")
    assert version is not None
    (rule,) = version.rules
    assert isinstance(rule, Unilevel)
    return rule


def table_below(heading: str) -> list[list[str]]:
    """The rows of the first table after a heading, without its head."""
    lines = PAGE.partition(f"{heading}\n")[2].splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("|"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


def test_every_key_of_a_rule_stands_on_the_page_and_no_other() -> None:
    told = {
        key for row in table_below("## The plan file") for key in re.findall("`(.*?)`", row[0])
    }
    assert told == {"since", *UNILEVEL_KEYS}


def test_the_example_by_hand_is_what_the_rule_pays(tmp_path: Path) -> None:
    names = {1: "Sari", 2: "Rina", 3: "Tuti"}
    rows = [(1, None, True, 55, 0), (2, 1, True, 62, 300_000), (3, 2, True, 9, 70_005)]
    paid = of_page(tmp_path).credits(Snapshot.of(rows))
    told = [
        (who, source, int(level), int(rupiah.replace(".", "")))
        for who, source, level, _, rupiah in table_below("### An example by hand")
    ]
    assert sorted(told) == sorted(
        (names[each.member_id], names[each.source_id], each.level, each.amount) for each in paid
    )


def test_compression_is_told_as_it_is_done(tmp_path: Path) -> None:
    names = {1: "Ayu", 2: "Bayu", 3: "Citra", 4: "Dewi"}
    rows = [(n, n - 1 or None, n != 3, 99, 0) for n in range(1, 5)]
    rows.append((5, 4, True, 99, 1_000_000))
    rule = of_page(tmp_path)
    columns = {"none": 1, "skip-inactive": 2}
    for way, column in columns.items():
        other = Unilevel("tim", (), rule.rates_bp, way, 50)  # type: ignore[arg-type]
        paid = {names[each.member_id]: said(each) for each in other.credits(Snapshot.of(rows))}
        told = {row[0]: row[column] for row in table_below("### Compression, both ways")}
        total = sum(each.amount for each in other.credits(Snapshot.of(rows)))
        assert told.pop("paid in all") == f"{total:,}".replace(",", ".")
        assert {who: cell for who, cell in told.items() if ":" in cell} == paid


def said(credit: Credit) -> str:
    """A credit in the words of the table."""
    return f"level {credit.level}: {credit.amount:,}".replace(",", ".")
