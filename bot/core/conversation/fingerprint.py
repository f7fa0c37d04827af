"""Fingerprints of questions, to find out whether one still reads as the person saw it."""

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
    """Returns the name of a question and a hash of its facts.

    Only values count, and not those that are `beside` the question. The names of classes, fields
    and modules are not part of it.
    """
    told = [each.name for each in fields(question) if each.name not in question.beside]
    values = [_value(getattr(question, name)) for name in told]
    facts = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return f"{question.asked_as}:{_digest(facts)}"


def reads_as(question: Question, stored: str) -> bool:
    """Returns whether the question has this fingerprint, which may be one of the former kind."""
    if BY_REPR in stored:
        return stored == _fingerprint_by_repr(question)
    return stored == fingerprint(question)


def question_of(stored: str) -> str:
    """Returns the name of the question in a fingerprint; empty if there is none."""
    return stored.partition(":")[0]


def _fingerprint_by_repr(question: Question) -> str | None:
    """Returns a fingerprint of the former kind: a hash of the question's Python repr."""
    name = class_name_before(question.asked_as)
    facts = ", ".join(f"{each.name}={getattr(question, each.name)!r}" for each in fields(question))
    return name and f"{question.asked_as}{BY_REPR}{_digest(f'{name}({facts})')}"


def _digest(facts: str) -> str:
    return hashlib.sha256(facts.encode()).hexdigest()[:DIGITS]


def _value(fact: object) -> object:
    """Returns a fact as JSON: a dataclass as the list of its values, a datetime in UTC.

    Raises:
        TypeError: for a type without such a form, such as a fraction.
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
