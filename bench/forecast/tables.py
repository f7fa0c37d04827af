"""Shows the results as text, and writes them into a page of the docs."""

import re
from collections.abc import Iterator, Sequence

from bench.forecast.intervals import Difference
from bench.forecast.judging import PLACES
from bench.forecast.results import OURS, RIVALS, SHOWN, Result

__all__ = ["as_text", "with_results"]

MADE = re.compile(
    r"(<!-- made by python -m bench\.forecast: (\w+) -->\n)(.*?)(<!-- end -->\n)", re.DOTALL
)
Row = tuple[str, ...]


def as_text(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of a table for a terminal."""
    for rows in (shares(results), differences(results)):
        table = list(rows)
        wide = [max(map(len, column)) for column in zip(*table, strict=True)]
        for name, *cells in table:
            aligned = (f"{cell:>{width}}" for cell, width in zip(cells, wide[1:], strict=True))
            yield "  ".join((f"{name:<{wide[0]}}", *aligned)).rstrip()
        yield ""


def with_results(page: str, results: Sequence[Result]) -> str:
    """Returns the page with its two tables made again.

    Raises:
        ValueError: a mark is missing.
    """
    parts = {"shares": shares(results), "differences": differences(results)}
    if sorted(found[2] for found in MADE.finditer(page)) != sorted(parts):
        raise ValueError(f"a mark is missing; there must be one for each of {', '.join(parts)}")
    texts = {name: _markdown(rows) for name, rows in parts.items()}
    return MADE.sub(lambda found: f"{found[1]}\n{texts[found[2]]}\n\n{found[4]}", page)


def shares(results: Sequence[Result]) -> Iterator[Row]:
    """Yield how many of 100 places bought within a week, and after a stroke within two."""
    yield "of 100 places, 7 / 14 days", "customers", *SHOWN, "places filled"
    for each in results:
        pairs = (each.shares(name) for name in SHOWN)
        filled = sum(mark.filled for mark in each.marks[OURS]) / len(each.marks[OURS])
        yield (
            each.seller.name,
            str(each.size),
            *(f"{100 * week:.0f} / {100 * fortnight:.0f}" for week, fortnight in pairs),
            f"{filled:.1f} of {PLACES}",
        )


def differences(results: Sequence[Result]) -> Iterator[Row]:
    """Yield by how much the list is better within a week, and the verdict."""
    yield "list minus …, 7 days", *RIVALS, "asked for", "verdict"
    for each in results:
        yield (
            each.seller.name,
            *(_between(each.against(rival)) for rival in RIVALS),
            each.seller.expected.value,
            each.verdict.value,
        )


def _between(found: Difference) -> str:
    return f"{100 * found.mean:+.1f} ({100 * found.least:+.1f} to {100 * found.most:+.1f})"


def _markdown(rows: Iterator[Row]) -> str:
    head, *others = rows
    table = [head, ("---",) * len(head), *others]
    return "\n".join(f"| {' | '.join(row)} |".replace("| --- ", "|---") for row in table)
