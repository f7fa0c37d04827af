"""The fingerprint of a question as a person saw it, new or stored by an older version."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import pytest

from bot.core.conversation.fingerprint import fingerprint, question_of, reads_as
from bot.core.conversation.messages import Question
from bot.core.conversation.question_names import class_name_before, fingerprint_now, name_now
from bot.flows.members.details import AskBirthYear, AskPhone

NOON = datetime(2026, 11, 22, 5, tzinfo=UTC)


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True)
class Line:
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class AskAll(Question):
    """A fact of any kind."""

    asked_as: ClassVar[str] = "shop.all@1"

    fact: Any


@dataclass(frozen=True, slots=True)
class AskAllLater(Question):
    """The same, of another version."""

    asked_as: ClassVar[str] = "shop.all@2"

    fact: Any


def same(one: object, other: object) -> bool:
    return fingerprint(AskAll(one)) == fingerprint(AskAll(other))


def test_only_values_count() -> None:
    assert same((Line("Teh", 2),), [["Teh", 2]])
    assert same(Colour.RED, "red")
    assert same(date(2026, 11, 22), "2026-11-22")
    assert same(time(9, 30), "09:30:00")
    assert same(NOON, NOON.astimezone(ZoneInfo("Asia/Jakarta"))), "one moment, on two clocks"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, "1"), (1, True), (0, None), (("ab",), ("a", "b")), (("a", ("b",)), (("a",), "b")),
        (50_000, 60_000), (NOON, NOON.replace(hour=6)), ("", None), ('a","b', ("a", "b")),
    ],
)  # fmt: skip
def test_different_facts_read_differently(one: object, other: object) -> None:
    assert not same(one, other)


def test_another_version_is_another_question() -> None:
    assert not reads_as(AskAllLater(1), fingerprint(AskAll(1)))
    assert question_of(fingerprint(AskAllLater(1))) == "shop.all@2"


@pytest.mark.parametrize("fact", [0.5, {1, 2}, object()])
def test_a_fact_without_a_form_is_refused(fact: object) -> None:
    with pytest.raises(TypeError):
        fingerprint(AskAll(fact))


def test_an_old_fingerprint_is_compared_with_the_current_question() -> None:
    """The hashes were written by the version before."""
    stored = fingerprint_now("register", "AskBirthYear:baf3e14cdd54dcd2")
    assert question_of(stored) == "person.birth_year@1"
    assert reads_as(AskBirthYear(18), stored)
    assert not reads_as(AskBirthYear(21), stored)
    assert reads_as(AskPhone(), fingerprint_now("profile", "AskPhone:2dcdf10ec49251d6"))
    assert not reads_as(AskPhone(), fingerprint_now("profile", "AskPhone:0000000000000000"))


def test_no_former_fingerprint_fits_a_question_that_is_younger() -> None:
    assert class_name_before(AskAll.asked_as) is None
    assert not reads_as(AskAll(1), "shop.all@1:repr:None")


def test_two_questions_that_shared_a_name_are_distinguished_by_their_flow() -> None:
    assert name_now("profile", "AskTitle") == "profile.title@1"
    assert name_now("register", "AskTitle") == name_now("claim", "AskTitle") == "joining.title@1"
    assert name_now("sell", "sale.day@1") == "sale.day@1"
    assert fingerprint_now("sell", "") == ""
    assert fingerprint_now("sell", "sale.day@1:ab") == "sale.day@1:ab"
