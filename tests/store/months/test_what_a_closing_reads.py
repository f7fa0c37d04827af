"""Whatever changes what a closing reads holds the months open first, or is listed with a reason.

A closing looks several times: at the snapshot, at the stamp, at what it shuts the month with. On a
server another transaction could commit in between, unless it calls `periods.hold_open`.
"""

import ast
import re
from functools import cache
from importlib import import_module
from inspect import getsource
from pathlib import Path
from types import ModuleType
from typing import Final

from sqlalchemy.sql.elements import TextClause

import bot.store
from bot.store.ledger import given_ranks, periods, shut_months, snapshots
from bot.store.months import month_checks
from tests.architecture.packages import modules_under

READERS: Final = (snapshots, shut_months, given_ranks, periods, month_checks)
"""The modules by whose statements a closing sees the month."""

READ: Final = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")
WRITTEN: Final = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)")
SET: Final = re.compile(r"(?:\bSET|,)\s*(\w+)\s*=[^=]")
NO_TABLES: Final = {"down", "jobs"}
HOLDS: Final = re.compile(r"\bperiods\.hold_(open|for_closing)\(")

CALLERS: Final = {
    "sales.SET_STATUS": "bot.services.sales.decision.decide",
    "volumes.ADD_OWN": "bot.services.sales.decision.decide",
    "volumes.ADD_TO_GROUPS": "bot.services.sales.decision.decide",
    "returned_volumes.TAKE_OWN": "bot.services.returns.confirming.count_return",
    "returned_volumes.COUNT_LATE_OWN": "bot.services.returns.confirming.count_return",
    "returned_volumes.COUNT_LATE_GROUPS": "bot.services.returns.confirming.count_return",
    "returns.SETTLE": "bot.services.returns.confirming.count_return",
    "given_ranks.ADD": "bot.services.office.given_ranks.give",
    "reversals.VOID": "bot.services.returns.taking_back.take_return_back",
    "openings.KEEP": "bot.store.imports.arrival.arrive",
    "given_ranks.BRING_IN": "bot.store.imports.arrival.arrive",
    "departures.LEAVE": "bot.services.privacy.departing._end",
    "departures.COME_BACK": "bot.services.members.rejoin.rejoin",
    "sponsor_choices.PLACE": "bot.services.members.sponsor_choice.choose",
    "closing.BEGIN": "bot.services.bonus.close_month.begin",
}
"""Statements whose caller holds the months open, as it has to before it reads a month."""

HIDDEN: Final = "of members of a list that is not imported yet; its last step holds the months"
SHUT: Final = "of a month that is shut; the next one waits until it is closed"
WAITS: Final = "of a sale or a return that waits, which no closing counts"
HARMLESS: Final = {
    "clawbacks.HOLD_MONTH": "changes nothing, and locks the row",
    "closing.FINISH": SHUT,
    "closing.HOLD": "changes nothing, and locks the row",
    "counter_growth.ZERO_MONTH": "counts members, from whom no bonus follows",
    "leftovers.EMPTY": HIDDEN,
    "leftovers.FORGET_MONTHS": HIDDEN,
    "leftovers.MARK_ABANDONED": HIDDEN,
    "profiles.RETITLE": "the form of address; `title` is also a column of ranks",
    "ranks.ADD": SHUT,
    "returns.ADD_RETURN": WAITS,
    "sale_versions.PUT": WAITS,
    "sales.ADD": WAITS,
    "sizes.ADD_TO_MONTH": "counts members, from whom no bonus follows",
    "staging.BEGIN": HIDDEN,
    "staging.COUNT_MONTH": HIDDEN,
    "staging.ENTER": HIDDEN,
    "staging.ENTER_OVER": HIDDEN,
    "staging.GIVE_UP": HIDDEN,
    "staging.LOSE_BY_PHONE": HIDDEN,
    "staging.LOSE_OTHERS": HIDDEN,
    "unclaimed.CLAIM": "the account and the form of address; `title` is also a column of ranks",
}


def test_whatever_changes_what_a_closing_reads_holds_the_months_open() -> None:
    found = {name for name in _writers() if not _holds(name)}
    listed = CALLERS.keys() | HARMLESS.keys()
    assert sorted(found - listed) == [], "call periods.hold_open, or say why it is not needed"
    assert sorted(listed - found) == [], "no such statement, or it holds them itself"


def test_the_callers_that_are_named_hold_them() -> None:
    for caller in set(CALLERS.values()):
        module, _, name = caller.rpartition(".")
        assert HOLDS.search(getsource(getattr(import_module(module), name))), caller


def _tables() -> set[str]:
    """Returns the tables by which a closing sees the month."""
    return {name for text in _texts() for name in READ.findall(text)} - NO_TABLES


def _texts() -> list[str]:
    return [text for module in READERS for text in _statements(module).values()]


def _writers() -> dict[str, ModuleType]:
    """Returns each statement that writes such a table, with its module; but those of the seed."""
    tables = _tables()
    assert {"members", "volumes", "sales", "returns", "given_ranks"} <= tables
    columns = {word for text in _texts() for word in re.findall(r"\w+", text)}
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": module
        for module in modules_under(bot.store)
        if ".seed" not in module.__name__
        for name, text in _statements(module).items()
        if (wrote := WRITTEN.match(text)) and wrote[1] in tables
        # A change of a name or a phone number is not seen by a closing.
        if not text.lstrip().startswith("UPDATE") or columns.intersection(SET.findall(text))
    }


def _statements(module: ModuleType) -> dict[str, str]:
    return {
        name: str(value) for name, value in vars(module).items() if isinstance(value, TextClause)
    }


def _holds(statement: str) -> bool:
    """Returns whether each function that uses the statement holds the months open."""
    name = statement.partition(".")[2]
    users = [each for each in _functions(_writers()[statement]) if re.search(rf"\b{name}\b", each)]
    return bool(users) and all(HOLDS.search(each) for each in users)


@cache
def _functions(module: ModuleType) -> tuple[str, ...]:
    assert module.__file__ is not None
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    return tuple(ast.unparse(node) for node in tree.body if isinstance(node, ast.FunctionDef))
