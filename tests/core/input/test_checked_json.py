from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pytest

from bot.core.input.checked_json import (
    array,
    integer,
    mapping,
    record,
    record_by_name,
    string,
)

FACTS = {"number": 7, "yes": True, "text": "7", "rows": [1], "facts": {"a": 1}, "none": None}


@dataclass(frozen=True, slots=True)
class Priced:
    name: str
    price: int
    active: bool = True


class Counted(NamedTuple):
    name: str
    months: Sequence[tuple[str, int]]


def test_each_reader_returns_its_own_type_and_refuses_the_others() -> None:
    assert (integer(FACTS, "number"), string(FACTS, "text")) == (7, "7")
    assert (array(FACTS, "rows"), mapping(FACTS, "facts")) == ([1], {"a": 1})
    fitting = {integer: "number", string: "text", array: "rows", mapping: "facts"}
    for reader, own in fitting.items():
        for key in FACTS.keys() - {own}:
            with pytest.raises(TypeError, match=key):
                reader(FACTS, key)
        with pytest.raises(KeyError):
            reader(FACTS, "unknown")


def test_a_record_has_a_value_of_the_right_type_for_every_field() -> None:
    assert record(Priced, ["Sabun", 5, False]) == Priced("Sabun", 5, active=False)
    for wrong in (["Sabun", 5], ["Sabun", "5", True], ["Sabun", True, True], "Sabun", None):
        with pytest.raises(TypeError):
            record(Priced, wrong)


def test_lists_inside_a_record_become_what_its_field_names() -> None:
    assert record(Counted, ["A1", [["2026-11", 2]]]) == Counted("A1", [("2026-11", 2)])
    for wrong in ([["2026-11", "2"]], [["2026-11"]], ["2026-11", 2], {"2026-11": 2}):
        with pytest.raises(TypeError, match="months"):
            record(Counted, ["A1", wrong])


def test_a_record_by_name_may_leave_out_what_has_a_default() -> None:
    assert record_by_name(Priced, {"name": "Sabun", "price": 5}) == Priced("Sabun", 5)
    for wrong in ({"name": "Sabun"}, {"name": "Sabun", "price": 5, "other": 1}, ["Sabun", 5]):
        with pytest.raises(TypeError):
            record_by_name(Priced, wrong)
