"""What is wrong with a table, as facts; the words for it are in `bot/content/sheet_words/`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.errors import JualDuluError

__all__ = ["BadCellError", "SheetFault", "SheetFaultsError"]

FaultFacts: TypeAlias = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SheetFault:
    """One thing that is wrong.

    Attributes:
        what: the key of its words.
        facts: what the words name, each with its name.
        line: the line of the file; 0 for the whole file.
        column: the name of the column; empty for the whole line.
    """

    what: str
    facts: FaultFacts = ()
    line: int = 0
    column: str = ""

    @classmethod
    def of(cls, what: str, line: int = 0, column: str = "", **facts: object) -> "SheetFault":
        """Returns a fault with these facts."""
        return cls(what, tuple((name, str(each)) for name, each in facts.items()), line, column)


class BadCellError(JualDuluError):
    """A cell cannot be read; its column and line are added by the caller.

    Attributes:
        what: the key of its words.
        facts: what the words name.
    """

    def __init__(self, what: str, **facts: object) -> None:
        super().__init__(what)
        self.what = what
        self.facts = facts

    def at(self, line: int, column: str) -> SheetFault:
        """Returns it as a fault of a line."""
        return SheetFault.of(self.what, line, column, **self.facts)


class SheetFaultsError(JualDuluError):
    """A file is no table of the wanted kind; nothing of it is read."""

    def __init__(self, faults: Sequence[SheetFault]) -> None:
        super().__init__(", ".join(fault.what for fault in faults))
        self.faults = tuple(faults)
