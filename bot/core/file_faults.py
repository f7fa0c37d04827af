"""What is wrong with a file of settings, as facts; the words are in `bot/content/file_words/`."""

from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["FileFault", "Said"]

SaidFacts: TypeAlias = tuple[tuple[str, "str | Said"], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or a part of one.

    Attributes:
        what: the key of its words.
        facts: what the words name, each with its name.
    """

    what: str
    facts: SaidFacts = ()

    @classmethod
    def of(cls, what: str, /, **facts: object) -> "Said":
        """Returns a sentence with these facts."""
        named = (
            (name, each if isinstance(each, Said) else str(each)) for name, each in facts.items()
        )
        return cls(what, tuple(named))


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
