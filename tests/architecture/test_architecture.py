"""The rules of the house that no other tool looks after."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import bot
import bot.flows
import bot.services
import bot.store
from bot.conversation import registry
from bot.core.conversation.replay import Lookup
from bot.flows.spec import Action, FlowSpec
from tests.architecture.packages import last_name, modules_under

ROOT = Path(__file__).parents[2]
MODULE_LINES_MAX = 300
FUNCTION_LINES_MAX = 50
FOLDER_MODULES_MAX = 15
WORDS_MIN = 40
CROWDED = {"sandbox": "the local Telegram, one module for each thing that it serves"}
WITHOUT_MONEY = {"bot/core/today/forecast.py"}
"""Modules that calculate chances and no sum."""

FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)

SQL = re.compile(
    r"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|WITH\s+RECURSIVE\s"
    r"|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|TRIGGER)\s|PRAGMA\s)"
)
MONEY_FACTS = {
    "plan", "point_value", "to_customer", "sign", "cut", "returned_group", "bonus", "profit",
    "points", "sales", "whole", "taken", "note", "refund", "period",
}  # fmt: skip
SPEAKING = re.compile(r"(send|reply|answer|edit)_\w+|answer|reply")
CLOCKS = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("time", "time"), ("time", "time_ns"),
}  # fmt: skip

WRITTEN = {".py", ".md", ".toml", ".j2", ".js", ".css", ".html", ".chat", ".cfg", ".yml", ".sh"}
PLACES = ("bot", "sandbox", "tests", "bench", "migrations", "docs")
ONE_MACHINE = re.compile(r"(?<![\w.])/(root|work|Users|tmp/\w)/")
PUT_OFF = re.compile(r"\b(TODO|FIXME|XXX)\b|decisions\.md|\bfor now\b")
PUT_OFF_TO_PEOPLE = re.compile(r"\b(TODO|FIXME|XXX)\b|decisions\.md")
SPOKEN = {".j2", ".chat"}
"""Files of what the bot says to people, of whom some are suspended for now."""


@cache
def _parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _modules(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def _where(file: Path, node: ast.AST) -> str:
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def _texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every literal text but the docstrings."""
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node


def test_only_the_store_speaks_sql() -> None:
    found = [
        _where(file, node)
        for file in _modules("bot")
        if "store" not in file.relative_to(ROOT).parts
        for node in _texts(_parsed(file))
        if SQL.match(str(node.value))
    ]
    assert found == []


def test_money_is_whole_wherever_it_is_reckoned_with() -> None:
    found = []
    for file in _modules("bot/core", "bot/flows"):
        if file.relative_to(ROOT).as_posix() in WITHOUT_MONEY:
            continue
        for node in ast.walk(_parsed(file)):
            divides = isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, ast.Div)
            broken = isinstance(node, ast.Constant) and isinstance(node.value, float)
            rounds = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"round", "float"}
            )
            if divides or broken or rounds:
                found.append(_where(file, node))
    assert found == []


@pytest.mark.parametrize("folder", ["bot", "sandbox", "migrations/env.py"])
def test_a_module_is_read_at_one_sitting_and_a_function_fits_a_screen(folder: str) -> None:
    files = _modules(folder) or [ROOT / folder]
    found = [
        f"{file.relative_to(ROOT)} has {lines} lines"
        for file in files
        if (lines := len(file.read_text("utf-8").splitlines())) > MODULE_LINES_MAX
    ]
    for file in files:
        for node in ast.walk(_parsed(file)):
            if isinstance(node, FUNCTION):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > FUNCTION_LINES_MAX:
                    found.append(f"{_where(file, node)} {node.name} has {lines} lines")
    assert found == []


def test_no_caller_can_forget_a_fact_of_money() -> None:
    found, seen = [], set()
    for file in _modules("bot/store", "bot/services", "bot/core/plans"):
        for node in ast.walk(_parsed(file)):
            if not isinstance(node, FUNCTION):
                continue
            named = [each.arg for each in node.args.args]
            given = named[len(named) - len(node.args.defaults) :] if node.args.defaults else []
            pairs = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
            given += [each.arg for each, default in pairs if default is not None]
            seen |= MONEY_FACTS & {*named, *(each.arg for each in node.args.kwonlyargs)}
            found += [f"{_where(file, node)} {each}" for each in given if each in MONEY_FACTS]
    assert found == []
    assert seen == MONEY_FACTS


@pytest.mark.parametrize("folder", ["bot", "sandbox", "tests"])
def test_a_folder_holds_no_more_modules_than_one_sees_at_once(folder: str) -> None:
    held = Counter(
        file.parent.relative_to(ROOT).as_posix()
        for file in _modules(folder)
        if file.name != "__init__.py"
    )
    crowded = {place: number for place, number in held.items() if number > FOLDER_MODULES_MAX}
    assert crowded.keys() <= CROWDED.keys(), crowded


@pytest.mark.parametrize("package", [bot, *modules_under(bot)], ids=last_name)
def test_a_package_says_what_is_in_it(package: ModuleType) -> None:
    if hasattr(package, "__path__"):
        assert package.__doc__, package.__name__
        assert len(package.__doc__) > WORDS_MIN


def test_no_words_for_people_are_written_beside_the_call_that_sends_them() -> None:
    found = []
    for file in _modules("bot"):
        for node in ast.walk(_parsed(file)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if SPEAKING.fullmatch(node.func.attr) is None:
                continue
            for given in [*node.args, *(each.value for each in node.keywords)]:
                texts = [each for each in ast.walk(given) if isinstance(each, ast.Constant)]
                found += [_where(file, node) for each in texts if " " in str(each.value)]
    assert found == []


def test_every_flow_every_lookup_and_every_action_is_in_the_registry() -> None:
    specs = {
        id(value): f"{module.__name__}.{name}"
        for module in modules_under(bot.flows)
        for name, value in vars(module).items()
        if isinstance(value, FlowSpec)
    }
    listed = {id(spec) for spec in registry.FLOWS}
    assert sorted(name for key, name in specs.items() if key not in listed) == []
    known = registry.LOOKUPS.keys() | registry.ACTIONS.keys()
    answered = {
        kind
        for module in modules_under(bot.services)
        for table in ("LOOKUPS", "ACTIONS")
        for kind in getattr(module, table, {})
    }
    asked = {
        value
        for module in modules_under(bot.flows)
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Lookup | Action)
        and value not in {Lookup, Action}
    }
    assert answered == asked == known


def test_each_topic_has_the_same_name_on_every_floor() -> None:
    topics = {last_name(topic) for topic in registry.TOPICS}
    for floor in (bot.flows, bot.services, bot.store):
        folders = {last_name(each) for each in modules_under(floor) if hasattr(each, "__path__")}
        assert topics - folders <= ({"office", "profit"} if floor is bot.store else set())


def test_no_two_flows_answer_to_the_same_name_command_or_word() -> None:
    for said in (
        [spec.name for spec in registry.FLOWS],
        [command for spec in registry.FLOWS for command in spec.commands],
        [word for spec in registry.FLOWS for word in spec.words],
    ):
        assert [each for each, times in Counter(said).items() if times > 1] == []


def test_only_one_module_reads_the_clock() -> None:
    found = []
    for file in _modules("bot"):
        if file == ROOT / "bot" / "system" / "clock.py":
            continue
        for node in ast.walk(_parsed(file)):
            reads = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, (ast.Name, ast.Attribute))
                and (_last_name(node.func.value), node.func.attr) in CLOCKS
            )
            if reads:
                found.append(_where(file, node))
    assert found == []


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def test_nothing_that_was_begun_together_is_left_behind_when_it_is_cancelled() -> None:
    """`gather` ends with the first task that is cancelled, and the others go on unwatched."""
    left = [
        _where(file, node)
        for file in _modules("bot")
        for node in ast.walk(_parsed(file))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "asyncio.gather"
        and not any(each.arg == "return_exceptions" for each in node.keywords)
    ]
    assert not left, left


def test_the_files_name_no_folder_of_one_machine_and_put_nothing_off() -> None:
    own = Path(__file__)
    files = [file for place in PLACES for file in (ROOT / place).rglob("*")]
    files += ROOT.glob("*")
    found = []
    for file in files:
        if file == own or file.suffix not in WRITTEN | {""} or not file.is_file():
            continue
        if file.name.startswith(".") and file.name != ".gitignore":
            continue
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            spoken = file.suffix in SPOKEN and PUT_OFF_TO_PEOPLE.search(line) is None
            if ONE_MACHINE.search(line) or (PUT_OFF.search(line) and not spoken):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()}")
    assert found == []
