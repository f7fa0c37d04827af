"""Checked values out of decoded JSON, such as a request of the command line to the bot.

Every function raises TypeError where a value has another type than the one asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TypeAlias, TypeVar, get_args, get_origin, get_type_hints

__all__ = ["array", "integer", "mapping", "record", "record_by_name", "string"]

T = TypeVar("T")

JsonReader: TypeAlias = Callable[[object], object]


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
    readers = _readers(kind)
    if not isinstance(values, list | tuple) or len(values) != len(readers):
        raise _mismatch(kind.__name__, values)
    return kind(*[read(found) for read, found in zip(readers.values(), values, strict=True)])


def record_by_name(kind: Callable[..., T], facts: object) -> T:
    """Returns a dataclass or named tuple from an object; fields with a default may be left out."""
    readers = _readers(kind)
    if not isinstance(facts, Mapping) or not facts.keys() <= readers.keys():
        raise _mismatch(kind.__name__, facts)
    return kind(**{key: readers[key](found) for key, found in facts.items()})


@cache
def _readers(kind: Callable[..., object]) -> Mapping[str, JsonReader]:
    """Returns what reads each field; made once, as an import reads a million records."""
    return {key: _reader(hint, key) for key, hint in get_type_hints(kind).items()}


def _reader(hint: object, key: str) -> JsonReader:
    origin = get_origin(hint)
    parts = [_reader(part, key) for part in get_args(hint)]

    def plain(found: object) -> object:
        if type(found) is not hint:
            raise _mismatch(key, found)
        return found

    def sequence(found: object) -> object:
        if not isinstance(found, list | tuple):
            raise _mismatch(key, found)
        return [parts[0](each) for each in found]

    def fixed(found: object) -> object:
        if not isinstance(found, list | tuple) or len(found) != len(parts):
            raise _mismatch(key, found)
        return tuple([part(each) for part, each in zip(parts, found, strict=True)])

    return plain if origin is None else sequence if origin is Sequence else fixed


def _mismatch(key: str, found: object) -> TypeError:
    return TypeError(f"{key} is a {type(found).__name__} of another form")
