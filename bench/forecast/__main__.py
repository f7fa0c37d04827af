"""`python -m bench.forecast`: does the list of a day choose well?"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from bench.forecast.choosers import Chooser
from bench.forecast.results import result_of
from bench.forecast.sellers import SELLERS
from bench.forecast.tables import as_text, with_results

__all__ = ["main"]

CHOOSER = "bot.core.today.forecast:choose"
COMPANIES = 16
NAMES = tuple(each.name for each in SELLERS)
COLUMNS = 79


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge and print; returns 1 if a verdict is not what was asked for, 2 without a list."""
    parser = argparse.ArgumentParser(prog="python -m bench.forecast", description=__doc__)
    parser.add_argument("--companies", type=int, default=COMPANIES, help="for each seller")
    parser.add_argument("--seed", type=int, default=1, help="of the first company")
    parser.add_argument("--only", choices=NAMES, help="this seller alone")
    parser.add_argument("--chooser", default=CHOOSER, help="module:function that is judged")
    parser.add_argument("--page", type=Path, help="a page of the docs to write the tables into")
    options = parser.parse_args(arguments)
    try:
        choose = _chooser(options.chooser)
    except (ImportError, AttributeError) as missing:
        print(f"There is no list to judge: {missing}", file=sys.stderr)
        return 2
    seeds = range(options.seed, options.seed + options.companies)
    results = [
        result_of(seller, seeds, choose, step=_progress)
        for seller in SELLERS
        if options.only in {None, seller.name}
    ]
    _progress("")
    for line in as_text(results):
        print(line)
    if options.page:
        page = with_results(options.page.read_text("utf-8"), results)
        options.page.write_text(page, "utf-8")
    return 0 if all(each.verdict.good for each in results) else 1


def _chooser(named: str) -> Chooser:
    module, _, function = named.partition(":")
    found: Chooser = getattr(import_module(module), function)
    return found


def _progress(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r{words:<{COLUMNS}}", end="" if words else "\r", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
