"""`make bench`: compares the bot with a plain echo bot, and a large company with a small one."""

import argparse
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.closing import Closed, closings
from bench.company import seeded
from bench.growth import Growth, growth
from bench.importing import Import, importing
from bench.matching import Matched, matching
from bench.notebook import Size
from bench.notebook_reading import ScreenTimes, notebooks
from bench.outbox import Claimed, claims
from bench.processes import Outcome
from bench.reading import WorstText, worst_texts
from bench.returning import BesideReturns, beside_returns
from bench.rounds import Modes, Round, one_round

__all__ = ["main"]

FULL = Modes(members=10_000, burst=500, steady=250, slow=50, warm=50)
SMALL = Modes(members=60, burst=20, steady=5, slow=5, warm=2)
SIZES = (300, 100_000)
SMALL_SIZES = (30, 300)
TIMES = 200
SMALL_TIMES = 5
PARTS = (
    *("rates", "growth", "claims", "closing", "returns", "reading", "matching", "notebook"),
    "import",
)
OPEN_MESSAGES = (10, 10_000, 1_000_000)
SMALL_OPEN_MESSAGES = (10, 100, 1_000)
READERS_SHOWN_MAX = 20
SHELVES = (24, 1_000, 10_000)
SMALL_SHELVES = (24, 100)
BUYERS = 2_000
TEXTS = 2_000
SMALL_TEXTS = 20
NOTEBOOKS = (Size(customers=20, sales=100), Size(customers=2_000, sales=10_000))
SMALL_NOTEBOOKS = (Size(customers=10, sales=30), Size(customers=30, sales=100))
LISTED = 60_000
SMALL_LISTED = 300
CLOSING_SIZES = (10_000, 100_000)
CHAIN = 5_000
RETURNS = 10_000
SMALL_RETURNS = 20
PLAN = Path(__file__).parents[1] / "plan.sample.toml"

Figure = Callable[[Outcome], float]
FIGURES: tuple[tuple[str, str, str, Figure], ...] = (
    ("burst", "answers a second, all at once", "0", lambda x: x.rate),
    ("burst", "processor time for an answer, ms", "2", lambda x: x.cost),
    ("slow", "answers a second, Telegram takes 50 ms", "0", lambda x: x.rate),
    ("steady", "median wait at 50 a second, ms", "1", lambda x: x.quantile(50)),
    ("steady", "99 of 100 wait less than, ms", "1", lambda x: x.quantile(99)),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; returns 1 if an update got no answer."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is repeated")
    parser.add_argument(
        "--small", action="store_true", help="few people, only to check that it runs"
    )
    parser.add_argument("--part", choices=PARTS, help="measure only this part")
    parser.add_argument(
        "--sizes", type=_sizes, help="sizes of the companies whose month is closed: 1000,10000"
    )
    parser.add_argument("--plan", type=Path, default=PLAN, help="the plan it is closed under")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        found: list[str] = []
        if options.part in {None, "rates"}:
            found = _rates(folder, SMALL if options.small else FULL, options.rounds)
        if options.part in {None, "growth"}:
            sizes = SMALL_SIZES if options.small else SIZES
            _print(_grown(sizes, growth(folder, sizes, SMALL_TIMES if options.small else TIMES)))
        if options.part in {None, "claims"}:
            open_messages = SMALL_OPEN_MESSAGES if options.small else OPEN_MESSAGES
            _print(_claimed(open_messages, claims(folder, open_messages)))
        if options.part in {None, "closing"}:
            found += _closings(folder, options)
        if options.part in {None, "returns"}:
            _returns(folder / "returns", options)
        _readings(folder, options)
        if options.part in {None, "import"}:
            found += _import(folder / "list", options)
    for words in found:
        print(f"WRONG: {words}")
    return 1 if found else 0


def _readings(folder: Path, options: argparse.Namespace) -> None:
    """Print what reading costs: the worst texts, many products, a seller's many customers."""
    if options.part in {None, "reading"} and not options.small:
        _print(_read(worst_texts(READERS_SHOWN_MAX)))
    if options.part in {None, "matching"}:
        shelves = SMALL_SHELVES if options.small else SHELVES
        count = SMALL_TEXTS if options.small else TEXTS
        _print(_matched(matching(shelves, BUYERS, count)))
    if options.part in {None, "notebook"}:
        books = SMALL_NOTEBOOKS if options.small else NOTEBOOKS
        _print(_noted(books, notebooks(folder, books)))


def _closings(folder: Path, options: argparse.Namespace) -> list[str]:
    """Print the closings; returns what went wrong, a sentence each."""
    sizes = options.sizes or (SMALL_SIZES if options.small else CLOSING_SIZES)
    done = closings(folder, sizes, min(sizes[0] // 2, CHAIN), options.plan)
    _print(_closed(done))
    missing = [each.answers.missing for each in done if each.answers.missing]
    return [f"closing: {number} without answer" for number in missing]


def _import(folder: Path, options: argparse.Namespace) -> list[str]:
    """Print what an import costs; returns what went wrong, a sentence each."""
    taken = importing(folder, SMALL_LISTED if options.small else LISTED)
    _print(_taken(taken))
    missing = taken.answers.missing
    return [f"import: {missing} without answer"] if missing else []


def _returns(folder: Path, options: argparse.Namespace) -> None:
    """Print what returns of an earlier month cost a close."""
    size = (options.sizes or (SMALL_SIZES if options.small else CLOSING_SIZES))[0]
    count = SMALL_RETURNS if options.small else RETURNS
    _print(_returned(beside_returns(folder, size, count, options.plan)))


def _rates(folder: Path, modes: Modes, rounds: int) -> list[str]:
    """Print the table of the rounds; returns what went wrong, a sentence each."""
    database = seeded(folder / "company.db", modes.members)
    done = [one_round(database, folder, modes) for _ in range(rounds)]
    _print(_compared(done))
    return [words for each in done for words in each.unanswered()]


def _compared(done: Sequence[Round]) -> Iterator[tuple[str, ...]]:
    yield f"medians of {len(done)} rounds", "bot", "echo", "bot / echo", "(least to most)"
    for mode, name, digits, figure in FIGURES:
        pairs = [tuple(figure(each) for each in getattr(a_round, mode)) for a_round in done]
        ratios = [bot / plain for bot, plain in pairs if plain]
        yield (
            name,
            f"{median(pair[0] for pair in pairs):.{digits}f}",
            f"{median(pair[1] for pair in pairs):.{digits}f}",
            f"{median(ratios):.2f}",
            f"({min(ratios):.2f} to {max(ratios):.2f})",
        )


def _grown(sizes: tuple[int, int], found: Sequence[Growth]) -> Iterator[tuple[str, ...]]:
    small, large = (f"{size:,} members" for size in sizes)
    yield "medians in ms", small, large, "ratio", ""
    for each in found:
        for where, pair in (("in the process", each.inside), ("over HTTP", each.outside)):
            name = f"{each.command}, {each.seat}, {where}"
            yield name, f"{pair[0]:.2f}", f"{pair[1]:.2f}", f"{pair[1] / pair[0]:.2f}", ""


def _claimed(sizes: Sequence[int], found: Sequence[Claimed]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each shape; in brackets the ratio to the fewest open messages."""
    yield "claiming messages, medians in ms", *(f"{size:,} open" for size in sizes)
    for each in found:
        cells = (f"{took:.2f} ({took / each.took[0]:.2f})" for took in each.took)
        yield each.shape, *cells


def _closed(done: Sequence[Closed]) -> Iterator[tuple[str, ...]]:
    """Yield the rows, one column a company; in brackets the time in proportion to its size."""
    first = done[1]
    yield (
        "closing a month",
        *(f"{x.members:,}" + (f", {x.chain:,} in a line" if x.chain else "") for x in done),
    )
    yield "credits", *(f"{x.credits:,}" for x in done)
    for place, part in enumerate(("read", "computed", "written", "checked")):
        yield (
            f"{part}, s",
            *(
                f"{x.seconds[place]:.2f}"
                f" ({x.seconds[place] / first.seconds[place] * first.members / x.members:.2f})"
                for x in done
            ),
        )
    yield "in all, s", *(f"{sum(x.seconds):.1f}" for x in done)
    yield "processor time of the command, s", *(f"{x.cpu:.1f}" for x in done)
    yield "processor time of the bot, s", *(f"{x.answers.cpu:.1f}" for x in done)
    yield "memory of the command, MiB", *(f"{x.mib:.0f}" for x in done)
    yield "answers meanwhile", *(f"{len(x.answers.latencies)}" for x in done)
    yield "95 of 100 wait less than, ms", *(f"{x.answers.quantile(95):.0f}" for x in done)


def _returned(done: BesideReturns) -> Iterator[tuple[str, ...]]:
    """Yield the rows; the last column is the ratio."""
    plain, other = done.without, done.beside
    yield (
        f"closing a month, {plain.members:,} members",
        "without",
        f"{done.returns:,} returns",
        "ratio",
    )
    for place, part in enumerate(("read", "computed", "written", "checked")):
        pair = plain.seconds[place], other.seconds[place]
        yield f"{part}, s", f"{pair[0]:.2f}", f"{pair[1]:.2f}", f"{pair[1] / pair[0]:.2f}"
    both = sum(plain.seconds), sum(other.seconds)
    yield "in all, s", f"{both[0]:.1f}", f"{both[1]:.1f}", f"{both[1] / both[0]:.2f}"
    yield "confirming a return, ms", "", f"{done.each_ms:.2f}", ""


def _read(found: Sequence[WorstText]) -> Iterator[tuple[str, ...]]:
    yield "the most expensive texts", "ms", "characters", "shape"
    for each in found:
        yield each.reader, f"{each.took:.2f}", f"{each.length:,}", each.shape


def _matched(found: Iterator[Matched]) -> Iterator[tuple[str, ...]]:
    yield "reading a text, ms", "median", "95 of 100 below", "longest"
    for each in found:
        yield each.step, f"{each.median:.2f}", f"{each.most:.2f}", f"{each.longest:.2f}"


def _noted(sizes: Sequence[Size], found: Sequence[ScreenTimes]) -> Iterator[tuple[str, ...]]:
    """Yield a row for each screen: median and 95 of 100 for each seller, and the last ratio."""
    named = (f"{each.customers:,} customers, {each.sales:,} sales" for each in sizes)
    yield "a seller's notebook, ms", *named, "ratio"
    for each in found:
        pairs = zip(each.median, each.most, strict=True)
        cells = (f"{half:.2f}, 95 of 100 below {most:.2f}" for half, most in pairs)
        yield each.screen, *cells, f"{each.median[-1] / each.median[0]:.1f}"


def _taken(taken: Import) -> Iterator[tuple[str, ...]]:
    yield "importing a list", f"{taken.members:,} members"
    yield "in all, s", f"{taken.seconds:.1f}"
    yield "answers meanwhile", f"{len(taken.answers.latencies)}"
    for percent in (50, 95, 99, 100):
        yield f"{percent} of 100 wait less than, ms", f"{taken.answers.quantile(percent):.0f}"


def _sizes(listed: str) -> tuple[int, ...]:
    return tuple(int(each) for each in listed.split(","))


def _print(rows: Iterator[tuple[str, ...]]) -> None:
    table = list(rows)
    wide = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    for name, *cells in table:
        aligned = (f"{cell:>{width}}" for cell, width in zip(cells, wide[1:], strict=True))
        print("  ".join((f"{name:<{wide[0]}}", *aligned)).rstrip(), flush=True)
    print()


if __name__ == "__main__":
    raise SystemExit(main())
