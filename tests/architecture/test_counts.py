"""How much each guard of the house looks at, so that none of them goes blind unseen.

Thousands of cases are made from what is found by looking through the packages. Where a module is
moved to where nobody looks, its cases are gone and nothing fails; here it does. Whoever adds or
takes away something on purpose writes the new number down.
"""

import ast
from collections import Counter
from pathlib import Path

import bot
import bot.content
import bot.core
import bot.flows
import bot.services
import bot.store
from bot.conversation.registry import ACTIONS, FLOWS, LOOKUPS
from tests.architecture.examples import MESSAGES
from tests.architecture.packages import last_name, modules_under
from tests.hostile.discovery import found
from tests.store.db.test_both_complete import functions_of_the_store
from tests.store.db.test_statements import STATEMENTS


def test_each_guard_sees_as_much_as_there_is() -> None:
    assert {
        "messages": len(MESSAGES),
        "flows": len(FLOWS),
        "lookups and actions": len(LOOKUPS) + len(ACTIONS),
        "statements": len(STATEMENTS),
        "functions of the store": len(functions_of_the_store()),
        "readers of text": len(found()),
    } == {
        "messages": 283,
        "flows": 26,
        "lookups and actions": 86,
        "statements": 431,
        "functions of the store": 328,
        "readers of text": 275,
    }


def test_no_two_classes_have_one_name() -> None:
    names = Counter(
        node.name
        for file in Path(bot.__path__[0]).rglob("*.py")
        for node in ast.parse(file.read_text("utf-8")).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert len(names) > 700
    assert [name for name, times in names.items() if times > 1] == []


def test_no_two_modules_of_a_floor_have_one_name() -> None:
    for floor in (bot.store, bot.flows, bot.services, bot.core, bot.content):
        names = Counter(
            last_name(module) for module in modules_under(floor) if not hasattr(module, "__path__")
        )
        assert [name for name, times in names.items() if times > 1] == []
