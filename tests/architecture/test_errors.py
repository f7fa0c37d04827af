"""All exceptions of the bot are one tree, and none of them is raised bare."""

import ast
from inspect import isclass
from pathlib import Path

import bot
from bot.core.errors import JualDuluError
from tests.architecture.counting.measures import bare_raises, without_base
from tests.architecture.packages import modules_under

ROOT = Path(bot.__path__[0])


def _defined() -> set[type[BaseException]]:
    return {
        value
        for module in modules_under(bot)
        for value in vars(module).values()
        if isclass(value)
        and issubclass(value, BaseException)
        and value.__module__.partition(".")[0] == "bot"
    }


def test_every_exception_of_the_bot_is_in_the_tree() -> None:
    found = _defined()
    assert len(found) > 40
    assert sorted(each.__name__ for each in found if not issubclass(each, JualDuluError)) == []


def test_no_file_hides_an_exception_outside_the_tree_or_raises_a_bare_one() -> None:
    found = []
    for file in ROOT.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        found += [(file.name, each) for each in [*without_base(tree), *bare_raises(tree)]]
    assert found == []


def test_both_are_seen_where_they_are() -> None:
    tree = ast.parse(
        "def hidden():\n"
        "    class LostError(ValueError): ...\n"
        "    class FoundError(JualDuluError, ValueError): ...\n"
        "    raise Exception('no kind')\n"
        "    raise FoundError\n"
    )
    assert (without_base(tree), bare_raises(tree)) == (["LostError"], [4])


def test_only_these_errors_may_write_their_message_into_the_log() -> None:
    assert sorted(each.__name__ for each in _defined() if getattr(each, "loggable", False)) == [
        "JobCrashedError",
        "JobError",
        "LeaseLostError",
        "StoreUnavailableError",
        "UnsoundCopyError",
    ]
