"""Formats sums, parts and columns for the screen."""

from collections.abc import Iterable, Sequence
from typing import Final

import click

__all__ = ["difference", "part", "rows", "rupiah"]

HUNDREDTHS: Final = 10_000


def rupiah(amount: int) -> str:
    """Returns rupiah with dots for thousands, `Rp1.000`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def difference(amount: int) -> str:
    """Returns rupiah with a sign, `+Rp1.000`."""
    return f"+{rupiah(amount)}" if amount > 0 else rupiah(amount)


def part(amount: int, whole: int) -> str:
    """Returns the part of a sum in percent, rounded down to a hundredth."""
    hundredths = amount * HUNDREDTHS // whole if whole else 0
    return f"{hundredths // 100},{hundredths % 100:02d} %"


def rows(lines: Iterable[Sequence[str]], *, err: bool = False) -> None:
    """Print lines as columns: the first one to the left, the others to the right."""
    taken = list(lines)
    columns = max(map(len, taken), default=0)
    widths = [max(len(line[at]) for line in taken if len(line) > at) for at in range(columns)]
    for line in taken:
        cells = [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=False))
        ]
        click.echo("  " + "  ".join(cells).rstrip(), err=err)
