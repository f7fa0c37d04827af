"""The docs name everything that can be typed, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli.command_line import command_line
from bot.conversation.registry import FLOWS
from bot.core.messaging.retry_policy import again_after
from tests.architecture.pages.command_page import with_commands
from tests.architecture.pages.generated_parts import LINE_CHARACTERS_MAX, without

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
COMMANDS = (ROOT / "docs" / "commands.md").read_text("utf-8")
ROW_CHARACTERS_MAX = 120
FENCE = re.compile(r"^( *)```.*?^\1```$", re.DOTALL | re.MULTILINE)
ODD = re.compile(
    r"\b(somebody|whoever|nobody|everybody|anew|the\s+own|so\s+many|surely)\b", re.IGNORECASE
)
"""Words that an engineer in Jakarta or Boston would not write; docs/glossary.md has others."""

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
    """Files and folders; in the list of decisions, the constants of the files of an item."""
    page = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`((?:bot|tests|migrations|examples)/[\w./-]+)`", page))
    assert len(named) > 100
    named -= {each for each in named if "NNN" in each}
    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []
    decided = page.partition("## Where it is decided")[2].partition("\n## ")[0]
    items = re.findall(r"^- ((?:.|\n(?!\n|- ))+)", decided, re.MULTILINE)
    assert len(items) > 25
    for item in items:
        files = re.findall(r"`(bot/[\w/]+\.py)`", item)
        constants = re.findall(r"`([A-Z_]{2,})`", item)
        source = "".join((ROOT / each).read_text("utf-8") for each in files)
        assert [name for name in constants if files and name not in source] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_fits_an_editor_and_is_in_plain_english(page: Path) -> None:
    text = page.read_text("utf-8")
    assert _too_wide(text) == []
    assert _odd_words(text) == []


def test_a_wide_line_and_an_odd_word_would_be_found() -> None:
    wide, row = "a " * 51, f"| {'a ' * 60}|"
    assert _too_wide(f"{wide}\n{row}\n```\n{wide}\n```\n   ```sh\n   {wide}\n   ```\n") == [
        wide,
        row,
    ]
    made = "<!-- made by make docs: line -->\nsomebody\n<!-- end -->\n"
    assert _odd_words(f"The\nown sales of Somebody.\n{made}") == ["The\nown", "Somebody"]


def _too_wide(text: str) -> list[str]:
    lines = FENCE.sub("", text).splitlines()
    return [
        line
        for line in lines
        if len(line) > (ROW_CHARACTERS_MAX if line.startswith("|") else LINE_CHARACTERS_MAX)
    ]


def _odd_words(text: str) -> list[str]:
    """Returns the odd words written by hand; generated parts have the words of the code."""
    return ODD.findall(FENCE.sub("", without(text)))


def test_the_chat_in_the_readme_is_part_of_a_transcript() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    (chat,) = re.findall(r"^```\n(Sari: .*?)^```$", readme, re.DOTALL | re.MULTILINE)
    assert chat.count("bot: ") > 1
    assert f"\n{chat}" in (ROOT / "tests" / "chats" / "sell.chat").read_text("utf-8")


def test_every_file_that_the_docs_link_to_exists() -> None:
    for page in PAGES:
        text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text("utf-8"), flags=re.DOTALL)
        targets = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
        targets += re.findall(r"^\[\w+\]: (\S+)$", text, re.MULTILINE)
        for target in targets:
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


def test_the_page_on_reliability_says_how_long_an_unsent_message_waits() -> None:
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
    pages = [*PAGES]
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
