"""No sentence that an office reads stands in the code of plans and imports: it has words in
`bot/content/file_words/`, in both languages.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import bot
from bot.content.file_words import file_words
from bot.content.sheet_words import sheet_words

BOT = Path(bot.__path__[0])
FOLDERS = ("cli/plan", "cli/imports", "company/plan_file", "core/plans")
KEYS = {*file_words("en"), *sheet_words("en")}
SENTENCE = re.compile(r"[A-Za-z]{2,}[ ,:]+[a-z]")
USAGE = {"option", "argument", "UsageError", "BadParameter"}
"""Calls whose texts belong to the help of a command, which is English."""

MEANINGS = "core/plans/kinds/keys.py"
"""What each key of a plan means, for the page about plans."""

OF_THE_MACHINE = {
    "tidak aktif": "a word of a cell, as people write it",
    "unknown sponsor": "the kind of a clash",
    "import products": "the name of a task",
    "import deliveries": "the name of a task",
    "import members": "the name of a task",
    "import members ": "the name of a task",
    "import members:": "the reference of a job",
    "import members list": "the name of a task",
    "import members begin": "the name of a task",
    "import members finish": "the name of a task",
    "import members empty": "the name of a task",
    "import members give up": "the name of a task",
}


def sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yields each text of two words or more that is no key of words, with its line."""
    aside = set(_aside(tree))
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in aside:
                known = text in KEYS or any(key.startswith(text) for key in KEYS)
                if SENTENCE.search(text) and not known:
                    yield node.lineno, text
            case _:
                pass


def _aside(tree: ast.Module) -> Iterator[int]:
    """Yields the texts that no office reads: docstrings, the help of commands, assertions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield id(node.value)
        inner: list[ast.AST] = []
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            inner = [*node.decorator_list]
        if isinstance(node, ast.Assert) and node.msg is not None:
            inner = [node.msg]
        if isinstance(node, ast.Call):
            call = node.func
            name = call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "")
            inner = [node] if name in USAGE else []
        yield from (id(each) for one in inner for each in ast.walk(one))


FILES = [file for folder in FOLDERS for file in sorted((BOT / folder).rglob("*.py"))]


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(BOT)))
def test_no_sentence_for_the_office_stands_in_the_code(file: Path) -> None:
    if str(file.relative_to(BOT)) == MEANINGS:
        return
    found = list(sentences(ast.parse(file.read_text("utf-8"))))
    assert [each for each in found if each[1] not in OF_THE_MACHINE] == []


def test_each_word_of_the_machine_is_still_there() -> None:
    found = {text for file in FILES for _, text in sentences(ast.parse(file.read_text("utf-8")))}
    assert set(OF_THE_MACHINE) - found == set()


@pytest.mark.parametrize(
    "line",
    [
        'click.echo(f"{number} lines written to {file}.")',
        'yield "goods that members buy for themselves"',
        'raise CommandError("No member was imported.")',
        'return Said.of("over cap", why="because of this")',
        'label = "Reading members"',
    ],
)
def test_an_english_sentence_would_be_found(line: str) -> None:
    assert list(sentences(ast.parse(f"def told():\n    {line}\n"))) != []


@pytest.mark.parametrize(
    "line",
    [
        'raise click.UsageError("Name the month of the tables.")',
        'assert isinstance(each, list), "as the store returns it"',
        'return Said.of("over cap", most="52 %")',
        'return Said(f"left {rule.compression}")',
    ],
)
def test_what_no_office_reads_may_stand_there(line: str) -> None:
    assert list(sentences(ast.parse(f"def told():\n    {line}\n"))) == []
