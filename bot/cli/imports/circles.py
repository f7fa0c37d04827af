"""Sponsors of a list who are above themselves, as one fault that names all of them."""

from collections.abc import Sequence
from typing import Final

from bot.core.sheets.sheet_faults import SheetFault

__all__ = ["circle_fault"]

SHOWN_MAX: Final = 12


def circle_fault(circle: Sequence[tuple[str, int]]) -> SheetFault:
    """Returns the fault of a circle: its members' numbers, each with its line."""
    named = [f"{number} (@{line})" for number, line in circle]
    if len(named) > SHOWN_MAX:
        more = f"… {len(named) - SHOWN_MAX} @more …"
        named = [*named[: SHOWN_MAX - 1], more, named[-1]]
    path = " → ".join([*named, circle[0][0]])
    return SheetFault.of("circle", circle[0][1], path=path)
