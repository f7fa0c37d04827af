"""The example plans can be used unchanged, and name their sources."""

import re
from pathlib import Path

import pytest

from bot.company.plan_file import read_plan
from bot.core.plans import KINDS

FOLDER = Path(__file__).parents[2] / "examples" / "plans"
EXAMPLES = sorted(FOLDER.glob("*.toml"))
PUBLISHED = {
    "amway-europe",
    "amway-india",
    "oriflame-indonesia-2011",
    "dxn",
    "hni-hpa",
    "k-link",
}


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_every_example_is_a_plan(file: Path) -> None:
    plan, faults = read_plan(file, ("id", "en"))
    assert faults == []
    assert plan.version_for("2026-01") is not None


def test_there_is_one_for_each_kind_and_for_each_published_table() -> None:
    assert {file.stem for file in EXAMPLES} == {*KINDS, "ranks", "caps", *PUBLISHED}


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_shows_it(kind: str) -> None:
    text = (FOLDER / f"{kind}.toml").read_text("utf-8")
    assert f'kind = "{kind}"' in text


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_published_table_names_its_source_and_what_we_infer(name: str) -> None:
    head = (FOLDER / f"{name}.toml").read_text("utf-8").partition("[[version]]")[0]
    assert re.search(r"^# Sources?: \S+\.\w+", head, re.MULTILINE)
    assert "# Our reading" in head


def test_the_page_of_the_folder_names_each_file_and_no_other() -> None:
    page = (FOLDER / "README.md").read_text("utf-8")
    assert set(re.findall(r"\]\(([\w-]+)\.toml\)", page)) == {file.stem for file in EXAMPLES}
