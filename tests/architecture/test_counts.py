"""How much each guard of the house looks at, so that none of them goes blind unseen.

Thousands of cases are made from what is found by looking through the packages. Where a module is
moved to where nobody looks, its cases are gone and nothing fails; here it does. Whoever adds or
takes away something on purpose writes the new number down.
"""

from collections import Counter
from pathlib import Path

import pytest

import bot
import bot.content
import bot.core
import bot.flows
import bot.services
import bot.store
from bot.conversation.registry import ACTIONS, FLOWS, LOOKUPS, TOPICS
from tests.architecture.counting import measures, names
from tests.architecture.counting.sources import Source, read_sources
from tests.architecture.examples import MESSAGES
from tests.architecture.packages import last_name, modules_under
from tests.hostile.discovery import found
from tests.store.db.test_both_complete import functions_of_the_store
from tests.store.db.test_statements import STATEMENTS

TOPIC_NAMES = {last_name(topic) for topic in TOPICS}
ANY_MAX = 26
"""To be lowered wherever a use goes; a new one takes the place of another."""


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    """Returns the modules of the bot."""
    return read_sources(Path(bot.__path__[0]))


def test_each_guard_sees_as_much_as_there_is() -> None:
    assert {
        "messages": len(MESSAGES),
        "flows": len(FLOWS),
        "lookups and actions": len(LOOKUPS) + len(ACTIONS),
        "statements": len(STATEMENTS),
        "functions of the store": len(functions_of_the_store()),
        "readers of text": len(found()),
    } == {
        "messages": 682,
        "flows": 55,
        "lookups and actions": 220,
        "statements": 911,
        "functions of the store": 663,
        "readers of text": 646,
    }


def test_no_two_things_have_one_name(sources: list[Source]) -> None:
    assert len(sources) > 450
    assert names.twice_modules(sources, TOPIC_NAMES) == {}
    assert names.twice_types(sources) == {}
    assert names.twice_constants(sources) == {}
    assert names.twice_functions(sources) == {}


def test_each_exception_for_a_module_is_still_needed(sources: list[Source]) -> None:
    for name in names.ONE_IDEA:
        others = {key: idea for key, idea in names.ONE_IDEA.items() if key != name}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(names, "ONE_IDEA", others)
            assert list(names.twice_modules(sources, TOPIC_NAMES)) == [name]


def test_any_is_used_no_more_often_than_before(sources: list[Source]) -> None:
    assert measures.uses_of_any(sources).total() <= ANY_MAX


def test_no_two_modules_of_a_floor_have_one_name() -> None:
    for floor in (bot.store, bot.flows, bot.services, bot.core, bot.content):
        names = Counter(
            last_name(module) for module in modules_under(floor) if not hasattr(module, "__path__")
        )
        assert [name for name, times in names.items() if times > 1] == []
