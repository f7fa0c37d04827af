"""What the first fault of the integrity check is about, for admins who read no ledger."""

import re
from typing import Final

from bot.flows.office.upkeep import FaultSubject

__all__ = ["subject_of"]

# Sentences of the checks, by how they begin; the first that fits counts.
BEGINNINGS: Final[tuple[tuple[FaultSubject, re.Pattern[str]], ...]] = (
    ("month", re.compile(r"(20[0-9]{2}-[0-9]{2}) paid ")),
    ("posting", re.compile(r"posting (\S+?):? ")),
    ("sale", re.compile(r"sale ([0-9]+)")),
    ("return", re.compile(r"return ([0-9]+)")),
    ("payout", re.compile(r"payout ([0-9]+)")),
    ("balance", re.compile(r"account (\S+?):? ")),
    ("bonus", re.compile(r"credit [0-9]+ of (20[0-9]{2}-[0-9]{2})")),
    (
        "bonus",
        re.compile(r"(?:member [0-9]+: )?the credits of (20[0-9]{2}-[0-9]{2})"),
    ),
    ("bonus", re.compile(r"the pool [^ ]{1,99}+ of (20[0-9]{2}-[0-9]{2})")),
    ("counter", re.compile(r"(?:teams|volumes) of member ([0-9]+)")),
    ("file", re.compile(r"(?:the file is damaged|a row of )()")),
)


def subject_of(fault: str) -> tuple[FaultSubject, str]:
    """Returns what a sentence of the check is about, and its number, month or code."""
    for about, beginning in BEGINNINGS:
        if (found := beginning.match(fault)) is not None:
            return about, found[1]
    return "other", ""
