"""The docs name everything that can be typed, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli.command_line import command_line
from bot.conversation.registry import FLOWS
from bot.core.messaging.retry_policy import again_after
from tests.architecture.command_page import with_commands

ROOT = Path(__file__).parents[2]
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
CONTROLS = {"batal", "cancel", "kembali", "back", "lanjutkan", "buang"}


def test_every_command_of_the_chat_stands_in_the_docs_and_every_one_there_exists() -> None:
    chat = COMMANDS.partition("## On the command line")[0]
    told = set(re.findall(r"`/(\w+)", chat))
    known = {command for flow in FLOWS for command in flow.commands} | CONTROLS
    assert told == known


def test_every_command_of_the_operator_stands_in_the_docs() -> None:
    line = COMMANDS.partition("## On the command line")[2].partition("## For development")[0]
    told = set(re.findall(r"^- `([a-z][a-z-]*)", line, re.MULTILINE))
    assert isinstance(command_line, click.Group)
    assert told == set(command_line.commands)


def test_the_page_of_commands_is_as_the_code_makes_it() -> None:
    assert with_commands(COMMANDS) == COMMANDS, "docs/commands.md is stale: make docs"


def test_a_changed_list_of_commands_would_be_found_and_made_again() -> None:
    stale = COMMANDS.replace("- `/struk`, `/receipts` (members):", "- `/struk` (all):")
    assert stale != COMMANDS
    assert with_commands(stale) == COMMANDS
    with pytest.raises(ValueError, match="mark"):
        with_commands(COMMANDS.replace("<!-- end -->", ""))


def test_every_task_of_the_makefile_stands_in_the_docs() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    tasks = set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))
    told = set(re.findall(r"`make ([a-z-]+)", COMMANDS))
    assert told == tasks


def test_the_page_of_the_architecture_names_only_what_there_is() -> None:
    """Files, folders, and behind the first file of a row the constants that stand in it."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:bot|tests|migrations|examples)/[\w./-]+)`", page))
    assert len(named) > 100
    named -= {each for each in named if "NNN" in each}
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
    decided = page.partition("## Where it is decided")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| [^|]+ \| (.+) \|$", decided, re.MULTILINE)
    assert len(rows) > 25
    for row in rows:
        files = re.findall(r"`(bot/[\w/]+\.py)`", row)
        constants = re.findall(r"`([A-Z_]{2,})`", row)
        source = "".join((ROOT / each).read_text("utf-8") for each in files)
        assert [name for name in constants if files and name not in source] == []


def test_every_file_that_the_docs_link_to_exists() -> None:
    for page in [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]:
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_test_that_the_docs_name_exists() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    defined = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert set(re.findall(r"`(test_\w+)`", page)) <= defined


def test_the_page_on_reliability_says_how_long_an_unsent_letter_waits() -> None:
    page = (ROOT / "docs" / "reliability.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| No connection"))
    *first, last = (again_after(tries).seconds for tries in range(1, 5))
    assert again_after(5).seconds == last
    assert f"waits {', '.join(map(str, first))}, then {last} s between tries" in row


NAMED_PATH = re.compile(
    r"\b((?:bot|tests|sandbox|bench|migrations|docs)/[\w/.-]+\.(?:py|md|j2|toml|chat|plan|sql|txt))"
)
NAMED_MODULE = re.compile(r"`(bot(?:\.[a-z_]+)+)`")
MADE_UP = ("NNN", "migrations/script.py")


def test_every_file_and_module_that_docs_and_docstrings_name_is_there() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    for folder in ("bot", "tests", "sandbox", "bench"):
        pages += (ROOT / folder).rglob("*.py")
    missing = [
        f"{page.relative_to(ROOT)} names {name}"
        for page in pages
        for name in _not_there(page.read_text("utf-8"))
    ]
    assert missing == []


def _not_there(text: str) -> Iterator[str]:
    for path in NAMED_PATH.findall(text):
        if not (ROOT / path).exists() and not any(each in path for each in MADE_UP):
            yield path
    for module in NAMED_MODULE.findall(text):
        path = ROOT.joinpath(*module.split("."))
        there = (path, path.with_suffix(".py"), path.parent.with_suffix(".py"))
        if not any(each.exists() for each in there):
            yield module
