"""Which characters the parts of a regular expression match, found with a sample of all."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from re import _constants as sre  # type: ignore[attr-defined]  # isort: skip

__all__ = ["SAMPLES", "Unreadable", "named", "takes"]

SAMPLES: Final = (
    "".join(map(chr, range(128)))
    + "éÉßıİſK½²٣５ªǅ中𝐚😀—–“”’…•·\u00a0\u0085\u2028\u0301\u200b\ud800"
)


class Unreadable(Exception):  # noqa: N818 - a verdict, not an error
    """The pattern has something in it that cannot be judged."""


def takes(op: Any, value: Any, sign: str, flags: int) -> bool:
    cases = {sign, sign.lower(), sign.upper()} if flags & re.IGNORECASE else {sign}
    match op:
        case sre.ANY:
            return sign != "\n" or bool(flags & re.DOTALL)
        case sre.LITERAL:
            return chr(value) in cases or (len(cases) > 1 and chr(value).lower() in cases)
        case sre.NOT_LITERAL:
            return not takes(sre.LITERAL, value, sign, flags)
        case sre.RANGE:
            low, high = value
            return any(len(each) == 1 and low <= ord(each) <= high for each in cases)
        case sre.CATEGORY:
            return _in_category(value, sign, flags)
        case _:
            inside = any(
                takes(kind, what, sign, flags) for kind, what in value if kind is not sre.NEGATE
            )
            return inside != (value[0][0] is sre.NEGATE)


def _in_category(category: Any, sign: str, flags: int) -> bool:
    known = not flags & re.ASCII or sign.isascii()
    match category:
        case sre.CATEGORY_DIGIT | sre.CATEGORY_NOT_DIGIT:
            return (sign.isdecimal() and known) == (category is sre.CATEGORY_DIGIT)
        case sre.CATEGORY_SPACE | sre.CATEGORY_NOT_SPACE:
            return (sign.isspace() and known) == (category is sre.CATEGORY_SPACE)
        case sre.CATEGORY_WORD | sre.CATEGORY_NOT_WORD:
            word = (sign.isalnum() or sign == "_") and known
            return word == (category is sre.CATEGORY_WORD)
        case _:
            raise Unreadable(str(category))


def named(items: Iterable[Any]) -> Iterator[str]:  # noqa: C901 - a line for each thing
    """The characters that a pattern names, and those beside the ends of its ranges."""
    for op, value in items:
        if op in {sre.LITERAL, sre.NOT_LITERAL}:
            yield from {chr(value), chr(value).lower()[:1], chr(value).upper()[:1]}
        elif op is sre.RANGE:
            yield from map(
                chr, {max(value[0] - 1, 0), value[0], value[1], min(value[1] + 1, 0x10FFFF)}
            )
        elif op is sre.IN:
            yield from named(value)
        elif op is sre.BRANCH:
            for each in value[1]:
                yield from named(each)
        elif op is sre.SUBPATTERN:
            yield from named(value[3])
        elif op is sre.ATOMIC_GROUP:
            yield from named(value)
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            yield from named(value[2])
        elif op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from named(value[1])
