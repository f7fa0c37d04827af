"""Reads a new customer from one line: a name, a number, or both in either order."""

import re
from dataclasses import dataclass
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.input.typed import one_line
from bot.core.members.people import phone_number
from bot.core.sales.buyers import shown_name

__all__ = ["NewCustomer", "customer_name", "read_new_customer"]

TEXT_CHARACTERS_MAX: Final = 256
NAME_CHARACTERS_MAX: Final = 64

_NUMBER = re.compile(r"\+?[0-9][0-9 ().\-]{7,28}[0-9]", re.ASCII)
_LABELS: Final = frozenset(
    [
        "no",
        "nomor",
        "nope",
        "hp",
        "wa",
        "whatsapp",
        "tel",
        "telp",
        "telepon",
        "phone",
        "number",
        "mobile",
    ]
)
_AROUND: Final = " ,;:-/|()"


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A name as it will be shown, and a number as E.164; each may be empty."""

    name: str
    phone: str


def read_new_customer(text: str) -> NewCustomer:
    """Returns the name and the number in a line; digits that are no number stay in the name."""
    line = one_line(text[:TEXT_CHARACTERS_MAX])
    for found in _NUMBER.finditer(line):
        try:
            phone = phone_number(found.group())
        except Refusal:
            continue
        before = line[: found.start()].split()
        while before and before[-1].strip(".:,").casefold() in _LABELS:
            before.pop()
        return NewCustomer(customer_name(f"{' '.join(before)} {line[found.end() :]}"), phone)
    return NewCustomer(customer_name(line), "")


def customer_name(text: str) -> str:
    """Returns a name as the list shows it; empty for a text without a letter."""
    name = shown_name(one_line(text[:TEXT_CHARACTERS_MAX]).strip(_AROUND))
    name = name[:NAME_CHARACTERS_MAX].strip(_AROUND)
    return name if any(sign.isalpha() for sign in name) else ""
