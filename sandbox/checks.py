"""The published Bot API as a judge of values: every type, every nested field, every length."""

import functools
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

SCHEMA_FILE = Path(__file__).with_name("bot-api-schema.json")
LIMITED_AFTER_PARSING = frozenset({"text", "caption"})

Check = Callable[[Any, str], None]


class FaultyRequest(Exception):  # noqa: N818  a fault of the bot, worded for its author
    """What is wrong with a value, and where."""

    def __init__(self, words: str, field: str) -> None:
        super().__init__(words)
        self.words = words
        self.field = field


@functools.cache
def published() -> Mapping[str, Any]:
    """The schema, read once."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded


@functools.cache
def checker(expression: str) -> Check:
    """The judge for a type expression of the schema."""
    if expression in _SCALARS:
        return _scalar(expression)
    if expression.startswith("Array of "):
        return _array(checker(expression.removeprefix("Array of ")))
    alternatives = re.split(r", | or | and ", expression)
    if len(alternatives) > 1:
        return _one_of(expression, alternatives)
    if expression == "InputFile":
        return _scalar("String")
    children = _children(expression)
    return _one_of(expression, children) if children else _object(expression)


_SCALARS: dict[str, tuple[type, ...]] = {
    "String": (str,),
    "Integer": (int,),
    "Float": (int, float),
    "Boolean": (bool,),
    "True": (bool,),
}


def _scalar(name: str) -> Check:
    types = _SCALARS[name]
    truth = bool in types

    def check(value: Any, where: str) -> None:
        right = isinstance(value, types) and (truth or not isinstance(value, bool))
        if not right or (name == "True" and value is not True):
            raise FaultyRequest(f'"{where}" must be {name}, got {value!r}', where)

    return check


def _array(item: Check) -> Check:
    def check(value: Any, where: str) -> None:
        if not isinstance(value, list):
            raise FaultyRequest(f'"{where}" must be an Array, got {value!r}', where)
        for index, element in enumerate(value):
            item(element, f"{where}[{index}]")

    return check


def _children(name: str) -> tuple[str, ...]:
    """The kinds of an abstract type, such as BotCommandScope."""
    types = published()["types"]
    if types.get(name):
        return ()
    return tuple(other for other in types if other != name and other.startswith(name))


def _one_of(expression: str, alternatives: list[str] | tuple[str, ...]) -> Check:
    checks = [(name, _lazily(name)) for name in alternatives]

    def check(value: Any, where: str) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        first_fault: FaultyRequest | None = None
        for name, judge in checks:
            if kind is not None and name != expression and not _names(name, expression, kind):
                continue
            try:
                judge(value, where)
            except FaultyRequest as fault:
                meant = kind is not None or _has_required(value, name)
                first_fault = first_fault or (fault if meant else None)
            else:
                return
        raise first_fault or FaultyRequest(f'"{where}" must be {expression}, got {value!r}', where)

    return check


def _has_required(value: Any, name: str) -> bool:
    """Whether this alternative was meant: all its required fields are there."""
    fields = published()["types"].get(name, {})
    return isinstance(value, dict) and all(
        field in value for field, facts in fields.items() if facts.get("required")
    )


def _names(child: str, parent: str, kind: Any) -> bool:
    """Whether the `type` field speaks of this child."""
    if not child.startswith(parent):
        return True
    words = re.findall("[A-Z][a-z]*", child.removeprefix(parent))
    return bool("_".join(words).lower() == kind)


def _lazily(expression: str) -> Check:
    """Compile when first needed: some types contain themselves."""

    def check(value: Any, where: str) -> None:
        checker(expression)(value, where)

    return check


def _object(name: str) -> Check:
    fields = published()["types"].get(name)
    if fields is None:
        raise LookupError(f"the schema knows no type {name}")
    checks = {
        field: limited(facts, field, _lazily(facts["type"])) for field, facts in fields.items()
    }
    required = [field for field, facts in fields.items() if facts.get("required")]

    def check(value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise FaultyRequest(f'"{where}" must be {name}, got {value!r}', where)
        for field in required:
            if field not in value:
                raise FaultyRequest(f'"{where}" lacks the field "{field}" of {name}', where)
        for field, content in value.items():
            if field not in checks:
                raise FaultyRequest(f'"{where}" has the field "{field}", unknown to {name}', where)
            if content is not None:
                checks[field](content, f"{where}.{field}")

    return check


def limited(facts: Mapping[str, Any], field: str, inner: Check) -> Check:
    """The same judge with the length the schema names."""
    if "max" not in facts or field in LIMITED_AFTER_PARSING:
        return inner
    least, most, in_bytes = facts["min"], facts["max"], facts.get("unit") == "bytes"

    def check(value: Any, where: str) -> None:
        inner(value, where)
        size = value
        if isinstance(value, str):
            size = len(value.encode()) if in_bytes else len(value)
        elif isinstance(value, list):
            size = len(value)
        if not least <= size <= most:
            raise FaultyRequest(
                f'"{where}" must be {least} to {most} {facts.get("unit", "")}, is {size}', where
            )

    return check
