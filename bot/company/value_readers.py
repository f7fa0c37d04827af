"""Reads single values of the company file: numbers, texts, hours and days."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Final

from bot.core.errors import JualDuluError
from bot.core.file_faults import Said

__all__ = ["HOUR", "READERS", "BadValueError", "Text", "Texts", "Whole"]

HOUR: Final = re.compile(r"([01]\d|2[0-3])[:.]([0-5]\d)")


class BadValueError(JualDuluError):
    """A value cannot be used.

    Attributes:
        said: why; it continues a sentence that begins with the key.
    """

    def __init__(self, said: Said) -> None:
        super().__init__(said.what)
        self.said = said


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within limits."""

    low: int
    high: int

    def read(self, value: object) -> int:
        """Returns the number, or raises `BadValueError`."""
        if type(value) is not int or not self.low <= value <= self.high:
            raise BadValueError(Said.of("whole number", low=self.low, high=self.high))
        return value


@dataclass(frozen=True, slots=True)
class Text:
    """A text that matches the whole pattern; `words` is the fault of one that does not."""

    pattern: str
    words: Said

    def read(self, value: object) -> str:
        """Returns the stripped text, or raises `BadValueError`."""
        if type(value) is not str or not re.fullmatch(self.pattern, value.strip()):
            raise BadValueError(self.words)
        return value.strip()


@dataclass(frozen=True, slots=True)
class Texts:
    """A list of texts, none empty; each matches the whole pattern, `words` is the fault."""

    pattern: str
    most: int
    words: Said

    def read(self, value: object) -> tuple[str, ...]:
        """Returns the stripped texts, or raises `BadValueError`."""
        if type(value) is not list or not 1 <= len(value) <= self.most:
            raise BadValueError(self.words)
        if any(type(each) is not str for each in value):
            raise BadValueError(self.words)
        texts = tuple(each.strip() for each in value)
        if not all(re.fullmatch(self.pattern, each) for each in texts):
            raise BadValueError(self.words)
        return texts


def _flag(value: object) -> bool:
    if type(value) is not bool:
        raise BadValueError(Said("flag"))
    return value


def _hour(value: object) -> time:
    hour = HOUR.fullmatch(value) if isinstance(value, str) else None
    if hour is None:
        raise BadValueError(Said("hour"))
    return time(int(hour[1]), int(hour[2]))


def _day(value: object) -> date:
    if type(value) is not date:  # a datetime is an instance of date as well
        raise BadValueError(Said("day"))
    return value


def _days(value: object) -> tuple[date, ...]:
    if type(value) is not list or any(type(each) is not date for each in value):
        raise BadValueError(Said("days"))
    return tuple(value)


READERS: Final[Mapping[object, Callable[[object], object]]] = {
    bool: _flag,
    time: _hour,
    date: _day,
    tuple[date, ...]: _days,
}
