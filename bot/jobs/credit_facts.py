"""Credits as values that JSON knows, between the process that works them out and the bot."""

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from bot.core.plans import Credit
from bot.core.plans.values import PoolPart

__all__ = ["credit_of", "facts_of"]


def facts_of(credits_: Sequence[Credit]) -> list[tuple[object, ...]]:
    """Returns the facts of credits."""
    return [
        credit if credit.part is None else (*credit[:-1], astuple(credit.part))
        for credit in credits_
    ]


def credit_of(facts: Any) -> Credit:  # a month has millions, and the schema checks every field
    """Returns a credit from its facts."""
    *fields, part = facts
    credit = Credit(*fields)
    return credit if part is None else credit._replace(part=PoolPart(*part))
