"""The parameters of each method: how a form field of their type is read, how it is judged."""

import functools
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.checks import Check, checker, limited, published


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a method: how to read it from text, how to judge it."""

    name: str
    type: str
    required: bool
    decode: Callable[[str], Any]
    check: Check


@functools.cache
def method_names() -> Mapping[str, str]:
    """Every method there is, by its lower-case name."""
    return {name.lower(): name for name in published()["methods"]}


@functools.cache
def parameters(method: str) -> Mapping[str, Parameter]:
    """The parameters of a method, compiled once."""
    return {
        name: Parameter(
            name=name,
            type=facts["type"],
            required=bool(facts.get("required")),
            decode=_decoder(facts["type"]),
            check=limited(facts, name, checker(facts["type"])),
        )
        for name, facts in published()["methods"][method].items()
    }


def _decoder(expression: str) -> Callable[[str], Any]:
    """How Telegram reads a form field of this type."""
    scalars: dict[str, Callable[[str], Any]] = {
        "String": str,
        "Integer": _integer,
        "Integer or String": _integer_or_text,
        "Float": _number,
        "Boolean": _truth,
        "True": _truth,
        "InputFile": str,
        "InputFile or String": str,
    }
    return scalars.get(expression, _json)


def _integer(text: str) -> Any:
    return int(text) if re.fullmatch(r"[+-]?\d{1,19}", text.strip()) else text


def _integer_or_text(text: str) -> Any:
    return _integer(text)


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _truth(text: str) -> Any:
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(
        text.strip().lower(), text
    )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
