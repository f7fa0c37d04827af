"""What the facts of a question are made of, as a line that can be compared and read."""

import types
import typing
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Literal

from bot.core.conversation.messages import Question

__all__ = ["bare", "line_of"]

Named = tuple[str, str]


def line_of(question: type[Question]) -> str:
    """Returns the facts with their names: `product: str, quantity: int`."""
    hints = typing.get_type_hints(question)
    return ", ".join(f"{each.name}: {_shape(hints[each.name])}" for each in fields(question))


def bare(line: str) -> str:
    """Returns the same without the names, which may change at any time."""
    return " ".join(word for word in line.replace("[", "[ ").split() if not word.endswith(":"))


def _shape(hint: Any) -> str:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    if origin is Literal:
        return "str"
    if origin in {types.UnionType, typing.Union}:
        (some,) = (part for part in parts if part is not type(None))
        return f"{_shape(some)}?"
    if origin is tuple:
        if parts[-1] is Ellipsis:
            return f"{_shape(parts[0])}*"
        return f"({', '.join(map(_shape, parts))})"
    if isinstance(hint, type) and is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        inside = (f"{each.name}: {_shape(hints[each.name])}" for each in fields(hint))
        return f"[{', '.join(inside)}]"
    assert isinstance(hint, type), hint
    return "enum" if issubclass(hint, Enum) else hint.__name__
