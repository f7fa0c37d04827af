"""Writes all credits of a month as CSV, always in the same order."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import click

from bot.cli.plan.numbers import Numbers
from bot.core.plans import Credit
from bot.core.plans.values import COMPANY

__all__ = ["write_result"]

HEADINGS: Final = ("member", "rule", "amount", "base", "rate_bp", "source", "level")


def write_result(out: Path, numbers: Numbers, credits_: Iterable[Credit]) -> None:
    """Write all credits; `-` is the standard output.

    An existing file is replaced atomically, so that an interrupted run leaves no partial result.
    """
    taken = sorted(
        credits_, key=lambda each: (each.member_id, each.rule, each.level, each.source_id)
    )
    ids = {each.member_id for each in taken} | {each.source_id for each in taken}
    codes = {**numbers.codes(ids - {COMPANY}), COMPANY: "company"}

    def lines() -> Iterator[tuple[str | int, ...]]:
        for each in taken:
            yield (
                codes[each.member_id],
                each.rule,
                each.amount,
                each.base,
                each.rate_bp,
                codes[each.source_id],
                each.level,
            )

    whole = not out.exists() or out.is_file()
    with click.open_file(str(out), "w", encoding="utf-8", atomic=whole) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(lines())
