"""The kinds of bonus rules, one module each. The list is closed.

Each kind turns the sales of a month into credits and answers the questions of `asked.py`. None of
them knows who joined, only what was sold. Begin with `unilevel.py`.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

from bot.core.plans.kinds.asked import Asked
from bot.core.plans.kinds.differential import Differential
from bot.core.plans.kinds.generation import Generation
from bot.core.plans.kinds.keys import Key
from bot.core.plans.kinds.personal import Personal
from bot.core.plans.kinds.pool import Pool
from bot.core.plans.kinds.retail import Retail
from bot.core.plans.kinds.unilevel import Unilevel

__all__ = [
    "KINDS",
    "PAID",
    "Differential",
    "Generation",
    "Personal",
    "Pool",
    "Retail",
    "Rule",
    "Unilevel",
    "Way",
    "keys_of",
]

Rule: TypeAlias = Unilevel | Differential | Generation | Personal | Pool
"""A rule of any kind that the company pays. A `match` over it ends with `assert_never`."""

Way = Literal["unilevel", "differential", "generation", "guarantee", "personal", "pool"]
"""How a rule pays on a level; a guarantee moves a part of one leader's credit to another."""

PAID: Final[Mapping[str, type[Rule]]] = {each.kind: each for each in get_args(Rule)}
"""The kinds that a company pays, by their names in the plan file."""

KINDS: Final[tuple[str, ...]] = (*PAID, Retail.kind)
"""All kinds that a plan file may name; a seller's margin is shown and not paid."""


def keys_of(kind: str) -> tuple[Key, ...]:
    """Returns the keys of a kind, besides those that every rule has."""
    return PAID[kind].keys if kind in PAID else Retail.keys


def _is_asked(rule: Rule) -> Asked:
    """Lets mypy check that each kind answers every question."""
    return rule
