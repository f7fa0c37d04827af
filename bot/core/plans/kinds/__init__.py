"""The kinds of bonus rules, one module each. The list is closed.

Each turns the sales of a month into credits, and answers what is asked of every kind (`asked.py`).
None of them can name a person who joined, only what was sold. Begin with `unilevel.py`.
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
"""A way of paying. A `match` over its kinds ends with `assert_never`."""

Way = Literal["unilevel", "differential", "generation", "guarantee", "personal", "pool"]
"""How a rule pays on a level; a guarantee is what a leader is given of another's earnings."""

PAID: Final[Mapping[str, type[Rule]]] = {each.kind: each for each in get_args(Rule)}
"""The kinds that a company pays by, by their names in the plan file."""

KINDS: Final[tuple[str, ...]] = (*PAID, Retail.kind)
"""All that a plan file may name; the margin of a seller is shown and not paid."""


def keys_of(kind: str) -> tuple[Key, ...]:
    """The keys of a kind, besides those that every rule has."""
    return PAID[kind].keys if kind in PAID else Retail.keys


def _is_asked(rule: Rule) -> Asked:
    """Have mypy look whether each kind answers all that is asked."""
    return rule
