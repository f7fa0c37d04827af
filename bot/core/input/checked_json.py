"""Checked values out of decoded JSON, such as a request of the command line to the bot.

Every function raises TypeError where a value has another type than the one asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeVar, get_args, get_origin, get_type_hints

__all__ = ["array", "integer", "mapping", "record", "record_by_name", "string"]

T = TypeVar("T")


def integer(facts: Mapping[str, object], key: str) -> int:
    """Returns the whole number under a key; true and false are not numbers."""
    found = facts[key]
    if isinstance(found, bool) or not isinstance(found, int):
        raise _mismatch(key, found)
    return found


def string(facts: Mapping[str, object], key: str) -> str:
    """Returns the text under a key."""
    found = facts[key]
    if not isinstance(found, str):
        raise _mismatch(key, found)
    return found


def array(facts: Mapping[str, object], key: str) -> Sequence[object]:
    """Returns the list under a key."""
    found = facts[key]
    if not isinstance(found, list | tuple):
        raise _mismatch(key, found)
    return found


def mapping(facts: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Returns the object under a key."""
    found = facts[key]
    if not isinstance(found, Mapping):
        raise _mismatch(key, found)
    return found


def record(kind: Callable[..., T], values: object) -> T:
    """Returns a dataclass or named tuple from a list with a value for each of its fields.

    Fields may be plain types, a `Sequence` of such, and a `tuple` of fixed length.
    """
    hints = _fields(kind)
    if not isinstance(values, list | tuple) or len(values) != len(hints):
        raise _mismatch(kind.__name__, values)
    return kind(*map(_read, values, hints.values(), hints))


def record_by_name(kind: Callable[..., T], facts: object) -> T:
    """Returns the same from an object; fields with a default may be left out."""
    hints = _fields(kind)
    if not isinstance(facts, Mapping) or not facts.keys() <= hints.keys():
        raise _mismatch(kind.__name__, facts)
    return kind(**{key: _read(found, hints[key], key) for key, found in facts.items()})


@cache
def _fields(kind: Callable[..., object]) -> Mapping[str, object]:
    return get_type_hints(kind)


def _read(found: object, hint: object, key: str) -> object:
    if type(found) is hint:
        return found
    origin, parts = get_origin(hint), get_args(hint)
    if origin is not None and isinstance(found, list | tuple):
        if origin is Sequence:
            return [_read(each, parts[0], key) for each in found]
        if origin is tuple and len(found) == len(parts):
            return tuple(_read(each, part, key) for each, part in zip(found, parts, strict=True))
    raise _mismatch(key, found)


def _mismatch(key: str, found: object) -> TypeError:
    return TypeError(f"{key} is a {type(found).__name__} of another form")
