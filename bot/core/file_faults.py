"""What is said of a file of settings, as facts; the words are in `bot/content/file_words/`."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["FileFault", "Said"]

SaidFacts: TypeAlias = tuple[tuple[str, "str | Said | tuple[str | Said, ...]"], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or a part of one.

    Attributes:
        what: the key of its words.
        facts: what the words name, each with its name; several of a kind make a list.
    """

    what: str
    facts: SaidFacts = ()

    @classmethod
    def of(cls, what: str, /, **facts: object) -> "Said":
        """Returns a sentence with these facts."""
        return cls(what, tuple((name, _fact(each)) for name, each in facts.items()))


def _fact(each: object) -> str | Said | tuple[str | Said, ...]:
    if isinstance(each, Said | str):
        return each
    if isinstance(each, Iterable):
        return tuple(one if isinstance(one, Said) else str(one) for one in each)
    return str(each)


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing that is wrong.

    Attributes:
        file: its path.
        line: in the file; 0 for the whole file.
        key: the table and key as the file shows them; empty for a whole line.
        said: what is wrong; it continues a sentence that begins with the key.
    """

    file: str
    line: int
    key: str
    said: Said
