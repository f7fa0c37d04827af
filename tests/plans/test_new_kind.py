"""A new kind of bonus takes eight places, and each one left out is noticed.

A throw-away kind, a rebate under another name, is put into a copy of the project: once whole, and
once without each of its places. Then mypy or a test must fail and name the missing place.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

pytestmark = pytest.mark.long

PROJECT = Path(__file__).parents[2]
SECONDS_MAX = 280
CHECKED = ("bot/core/plans", "bot/company", "bot/services/bonus", "bot/cli/plan", "tests/plans")
TESTED = (
    "tests/plans/test_examples.py",
    "tests/plans/test_example_plans.py",
    "tests/plans/test_plans_docs.py",
    "tests/content/test_bonus_words.py",
)

KINDS: Final = "bot/core/plans/kinds"
IMPORT: Final = "from bot.core.plans.kinds import Rebate\n"
OTHERS: Final = "        case _:\n"
EXAMPLE: Final = """[[version]]
since = "2026-01"

[[version.rule]]
kind = "rebate"
slug = "rabat"
id = "Rabat"
en = "Rebate"
rate = "5%"
"""
BY_HAND: Final = """# A rebate of a twentieth of one's own sales.
source: worked by hand from the rule

plan: ../../examples/plans/rebate.toml
tree:
  ani bonus 100.000
credits:
  ani  rabat  0  ani  5.000
paid: 5.000
"""


def _replaced(tree: Path, path: str, *pairs: tuple[str, str]) -> None:
    text = (tree / path).read_text("utf-8")
    for before, after in pairs:
        assert before in text, f"{path} has no {before!r}"
        text = text.replace(before, after)
    (tree / path).write_text(text, "utf-8")


def the_rule(tree: Path) -> None:
    text = (tree / KINDS / "personal.py").read_text("utf-8")
    text = text.replace("Personal", "Rebate").replace('"personal"', '"rebate"')
    (tree / KINDS / "rebate.py").write_text(text, "utf-8")


def the_list(tree: Path) -> None:
    import_line = "from bot.core.plans.kinds.retail import Retail\n"
    _replaced(
        tree,
        f"{KINDS}/__init__.py",
        (import_line, f"from bot.core.plans.kinds.rebate import Rebate\n{import_line}"),
        ("Personal | Pool\n", "Personal | Pool | Rebate\n"),
        ('"personal", "pool"]', '"personal", "pool", "rebate"]'),
        ('    "Personal",\n', '    "Personal",\n    "Rebate",\n'),
    )


def words_for_the_office(tree: Path) -> None:
    _replaced(
        tree,
        "bot/cli/plan/summary.py",
        (OTHERS, f'        case Rebate():\n            return Said("none")\n{OTHERS}'),
        ("from bot.core.plans.values", f"{IMPORT}from bot.core.plans.values"),
    )


def words_for_members(tree: Path) -> None:
    for file in (tree / "bot" / "content" / "bonus").glob("*.j2"):
        text = file.read_text("utf-8")
        known = '{% elif row.kind == "generation" %}'
        more = text.replace(known, f'{{% elif row.kind == "rebate" %}}rabat{known}')
        file.write_text(more, "utf-8")


def an_example(tree: Path) -> None:
    folder = tree / "examples" / "plans"
    (folder / "rebate.toml").write_text(EXAMPLE, "utf-8")
    with (folder / "README.md").open("a", encoding="utf-8") as page:
        page.write("\n[rebate](rebate.toml)\n")


def worked_by_hand(tree: Path) -> None:
    (tree / "tests" / "plans" / "rebate.plan").write_text(BY_HAND, "utf-8")


def a_chapter(tree: Path) -> None:
    _replaced(tree, "docs/plans.md", ("\n## Ranks\n", "\n## Rebate\n\nPart of it.\n\n## Ranks\n"))


def reckoned_twice(tree: Path) -> None:
    _replaced(
        tree,
        "tests/plans/oracle.py",
        ("        case Personal():\n", "        case Personal() | Rebate():\n"),
        ("Generation | Personal, people", "Generation | Personal | Rebate, people"),
        ("rule: Personal, people", "rule: Personal | Rebate, people"),
        ("from tests.plans.oracle_people", f"{IMPORT}from tests.plans.oracle_people"),
    )


PLACES: Final[tuple[Callable[[Path], None], ...]] = (
    the_rule,
    the_list,
    words_for_the_office,
    words_for_members,
    an_example,
    worked_by_hand,
    a_chapter,
    reckoned_twice,
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with mypy's cache of it."""
    tree = tmp_path_factory.mktemp("copy") / "project"
    tree.mkdir()
    leave = shutil.ignore_patterns("__pycache__", "pictures")
    for name in ("bot", "tests", "sandbox", "migrations", "examples", "docs", "bench"):
        shutil.copytree(PROJECT / name, tree / name, ignore=leave)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "Makefile", "plan.sample.toml"):
        shutil.copy(PROJECT / name, tree)
    shutil.copy(PROJECT / "company.sample.toml", tree)
    assert missed(tree) == "", "nothing is missing before"
    return tree


def missed(tree: Path) -> str:
    """Returns what mypy or a test misses, or "". The tables of the docs are made first."""
    made = run(tree, "tests.plans.keys_page")
    if made.returncode:
        return made.stderr
    checked = run(tree, "mypy", *CHECKED)
    if checked.returncode:
        return checked.stdout
    tested = run(tree, "pytest", "-q", "-x", "-p", "no:cacheprovider", *TESTED)
    return tested.stdout if tested.returncode else ""


def run(tree: Path, module: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", module, *words],
        cwd=tree,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(tree)},
        capture_output=True,
        text=True,
        timeout=SECONDS_MAX,
        check=False,
    )


def with_places(copy: Path, places: tuple[Callable[[Path], None], ...]) -> Path:
    """Another copy with these places of the new kind, and mypy's cache."""
    tree = copy.parent / "with"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(copy, tree)
    for place in places:
        place(tree)
    return tree


def test_a_new_kind_takes_eight_places(copy: Path) -> None:
    assert len(PLACES) <= 8
    assert missed(with_places(copy, PLACES)) == ""


@pytest.mark.parametrize("left_out", PLACES, ids=lambda place: place.__name__)
def test_a_place_that_is_left_out_is_noticed(copy: Path, left_out: Callable[[Path], None]) -> None:
    tree = with_places(copy, tuple(place for place in PLACES if place is not left_out))
    reported = missed(tree)
    assert reported
    assert "rebate" in reported.lower(), reported


@pytest.mark.parametrize("answer", ["own_rate", "unpaid", "needs", "skips"])
def test_an_answer_that_a_kind_lacks_is_noticed(copy: Path, answer: str) -> None:
    tree = with_places(copy, PLACES)
    _replaced(tree, f"{KINDS}/rebate.py", (answer, f"un{answer}"))
    assert "rebate" in missed(tree).lower()
