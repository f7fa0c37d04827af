"""Stored conversations know questions by name: the names are there, and mean what they meant."""

import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, make_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.core.conversation.fingerprint import fingerprint, question_of
from bot.core.conversation.messages import Message, Question
from bot.core.conversation.question_names import CLASSES, FORMER, FORMER_IN_FLOW
from tests.architecture.asked import asked_classes
from tests.architecture.examples import MESSAGES, examples
from tests.architecture.question_shapes import bare, line_of

PINNED = Path(__file__).with_name("questions.txt")
NAME = re.compile(r"[a-z]+(?:\.[a-z]+(?:_[a-z]+)*)+@[1-9][0-9]*")
QUESTIONS = [each for each in MESSAGES.values() if issubclass(each, Question)]
WRITE = "QUESTIONS=write .venv/bin/python -m pytest tests/architecture/test_questions.py"


def pinned() -> dict[str, str]:
    """Every name that was ever given, with the facts of its question."""
    lines = PINNED.read_text("utf-8").splitlines() if PINNED.exists() else []
    pairs = (line.partition("|") for line in lines)
    return {name.strip(): facts.strip() for name, _, facts in pairs}


@pytest.fixture(scope="module")
def written() -> dict[str, str]:
    """The pinned names; with QUESTIONS=write new ones are added, and new words for old facts."""
    names = pinned()
    if os.environ.get("QUESTIONS") == "write":
        for question in QUESTIONS:
            line, before = line_of(question), names.get(question.asked_as)
            if before is None or bare(before) == bare(line):
                names[question.asked_as] = line
        rows = (f"{name} | {facts}".rstrip() for name, facts in sorted(names.items()))
        PINNED.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return pinned()


def test_whatever_is_asked_is_a_question_with_a_name() -> None:
    asked = asked_classes()
    nameless = [
        place
        for place, each in asked
        if not (isinstance(each, type) and issubclass(each, Question))
    ]
    assert nameless == [], "ask() takes a Question, with asked_as"
    assert {each for _, each in asked} == set(QUESTIONS), (
        "a question that is never asked, or not found"
    )


def test_a_question_that_forgets_its_name_is_found_at_once() -> None:
    with pytest.raises(TypeError, match="give it asked_as"):
        type("AskSomething", (Question,), {})


def test_names_are_well_formed_and_belong_to_one_question_each() -> None:
    names = [each.asked_as for each in QUESTIONS]
    assert [name for name in names if NAME.fullmatch(name) is None] == []
    assert [name for name, times in Counter(names).items() if times > 1] == []
    versions = Counter(name.partition("@")[0] for name in names)
    assert [name for name, times in versions.items() if times > 1] == []


def test_facts_of_a_question_change_only_with_its_version(written: dict[str, str]) -> None:
    for question in QUESTIONS:
        name, line = question.asked_as, line_of(question)
        assert name in written, f"{name} is new: write it down with {WRITE}"
        assert bare(line) == bare(written[name]), (
            f"{question.__name__} has other facts than {name} had. Conversations that are stored "
            f"with {name} would be read with the wrong ones: raise the number behind its @, then "
            f"{WRITE}. The old line stays, so that nobody takes the name again."
        )
        assert line == written[name], (
            f"{question.__name__} has new words for the facts of {name}. If they mean what they "
            f"meant, {WRITE}; if they mean something else, raise the number behind its @ first."
        )


def test_the_former_names_lead_to_questions_that_there_are_or_were() -> None:
    now = [*FORMER.values(), *FORMER_IN_FLOW.values()]
    assert set(now) <= pinned().keys()
    assert len(set(now)) == len(now) == len(CLASSES)
    assert all(NAME.fullmatch(before) is None for before in FORMER)


def test_neither_class_nor_field_is_part_of_a_fingerprint() -> None:
    for question in QUESTIONS:
        for example in examples(question):
            assert isinstance(example, Question)
            taken = fingerprint(example)
            assert question_of(taken) == question.asked_as
            assert fingerprint(renamed(example)) == taken, question


def test_every_fact_that_is_not_beside_is_part_of_a_fingerprint() -> None:
    for question in QUESTIONS:
        different: dict[str, set[str]] = {}
        for each in questions_like(question):
            told = [x.name for x in fields(each) if x.name not in question.beside]
            facts = repr([getattr(each, name) for name in told])
            different.setdefault(facts, set()).add(fingerprint(each))
        assert all(len(found) == 1 for found in different.values()), question
        assert len(set.union(*different.values())) == len(different), question


def test_facts_beside_a_question_are_facts_of_it() -> None:
    for question in QUESTIONS:
        assert question.beside <= {each.name for each in fields(question)}, question


def questions_like(question: type[Message]) -> Iterator[Question]:
    for example in examples(question):
        assert isinstance(example, Question)
        yield example


def named(question: type[Question]) -> dict[str, Any]:
    """What a question has beside its facts, after these are renamed."""
    places = [place for place, x in enumerate(fields(question)) if x.name in question.beside]
    beside = frozenset(f"other_{place}" for place in places)
    return {"asked_as": question.asked_as, "beside": beside}


def renamed(fact: Any) -> Any:
    """The same facts, with another name for everything that has one."""
    if isinstance(fact, tuple):
        return tuple(map(renamed, fact))
    if not is_dataclass(fact) or isinstance(fact, type):
        return fact
    return other_kind(type(fact))(*(renamed(getattr(fact, each.name)) for each in fields(fact)))


@cache
def other_kind(kind: type[Any]) -> type[Any]:
    """A class of the same facts under other names."""
    is_question = issubclass(kind, Question)
    return make_dataclass(
        f"Other{kind.__name__}",
        [(f"other_{place}", Any) for place in range(len(fields(kind)))],
        bases=(Question,) if is_question else (),
        namespace=named(kind) if is_question else {},
        frozen=True,
    )
