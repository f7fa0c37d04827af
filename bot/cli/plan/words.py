"""How the plan commands write sums, parts and lists on a screen."""

from collections.abc import Iterable, Sequence
from typing import Final

import click

__all__ = ["difference", "part", "rows", "rupiah"]

HUNDREDTHS: Final = 10_000


def rupiah(amount: int) -> str:
    """Rupiah as Indonesians write them."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def difference(amount: int) -> str:
    """Rupiah more or less."""
    return f"+{rupiah(amount)}" if amount > 0 else rupiah(amount)


def part(amount: int, whole: int) -> str:
    """Which part of a sum it is, rounded down to a hundredth of a percent."""
    hundredths = amount * HUNDREDTHS // whole if whole else 0
    return f"{hundredths // 100},{hundredths % 100:02d} %"


def rows(lines: Iterable[Sequence[str]], *, err: bool = False) -> None:
    """Lines under each other: the first column to the left, the others to the right."""
    taken = list(lines)
    columns = max(map(len, taken), default=0)
    widths = [max(len(line[at]) for line in taken if len(line) > at) for at in range(columns)]
    for line in taken:
        cells = [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=False))
        ]
        click.echo("  " + "  ".join(cells).rstrip(), err=err)
