"""Tells whether a question still reads as it did when a person saw it."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Final

from bot.core.conversation.messages import Question
from bot.core.conversation.question_names import BY_REPR, class_name_before

__all__ = ["fingerprint", "question_of", "reads_as"]

DIGITS: Final = 16


def fingerprint(question: Question) -> str:
    """Returns what identifies a question as the person saw it: its name and its facts.

    Only values count. The names of classes, fields and modules are not part of it.
    """
    facts = json.dumps(_value(question), ensure_ascii=False, separators=(",", ":"))
    return f"{question.asked_as}:{_digest(facts)}"


def reads_as(question: Question, stored: str) -> bool:
    """Whether the question has this fingerprint, which may have been taken in the former way."""
    if BY_REPR in stored:
        return stored == _fingerprint_by_repr(question)
    return stored == fingerprint(question)


def question_of(stored: str) -> str:
    """Returns the name of the question that a fingerprint was taken of; empty for none."""
    return stored.partition(":")[0]


def _fingerprint_by_repr(question: Question) -> str | None:
    """What the former way gives: a hash over Python's own text of the question."""
    name = class_name_before(question.asked_as)
    facts = ", ".join(f"{each.name}={getattr(question, each.name)!r}" for each in fields(question))
    return name and f"{question.asked_as}{BY_REPR}{_digest(f'{name}({facts})')}"


def _digest(facts: str) -> str:
    return hashlib.sha256(facts.encode()).hexdigest()[:DIGITS]


def _value(fact: object) -> object:
    """A fact as JSON has it: a record as the list of its values, a moment in UTC.

    Raises:
        TypeError: for what has no such form yet, a fraction among others.
    """
    if is_dataclass(fact):
        return [_value(getattr(fact, each.name)) for each in fields(fact)]
    if isinstance(fact, Enum):
        return _value(fact.value)
    if isinstance(fact, datetime) and fact.tzinfo is not None:
        return fact.astimezone(UTC).isoformat()
    if isinstance(fact, date | time):
        return fact.isoformat()
    if isinstance(fact, tuple | list):
        return [_value(each) for each in fact]
    if fact is None or isinstance(fact, bool | int | str):
        return fact
    raise TypeError(f"no fingerprint of a {type(fact).__name__}")
