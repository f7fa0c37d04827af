"""Closes a month as `close` does and measures each part; run as its own process.

Prints one JSON object: seconds of reading, computing, writing and checking, processor time, the
number of credits, and the peak memory.
"""

import asyncio
import gc
import json
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path

import bot.cli.database.upgrade
import bot.store.db.read_only
import bot.store.sales.sales  # noqa: F401 - loaded before the time is taken
from bot.cli.months.preview import preview_month, read_preview
from bot.cli.months.writer import begin, check_written, write_month
from bot.cli.service.remote import TaskClient
from bot.cli.setup import settings_from
from bot.company import load_company
from bot.core.input.checked_json import integer
from bot.jobs.closing_terms import terms_for

KIB_PER_MIB = 1024


def main() -> None:
    """Close the month named on the command line."""
    period = sys.argv[1]
    settings = settings_from(Path(".env"))
    terms = terms_for(load_company(settings.company_file), period)
    assert terms is not None, "the plan of the benchmark holds for every month"
    url = settings.database_url.get_secret_value()
    took: dict[str, float] = {}

    @contextmanager
    def timed(part: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        took[part] = time.perf_counter() - began

    gc.disable()
    with TaskClient(settings) as client:
        with timed("read"):
            seen = asyncio.run(read_preview(settings, terms.version, period))
        with timed("compute"):
            month = preview_month(seen)
        confirmed = {"period": period, "figures": list(astuple(month.figures))}
        limit = {"cap_percent": 100, "reason": ""}
        request = integer(client.do("confirm closing", {**confirmed, **limit}), "request")
        assert begin(client, terms, month, request), "nothing changes during the benchmark"
        with timed("write"):
            write_month(client, month)
        with timed("prove"):
            fault, proved = asyncio.run(check_written(url, month))
        assert not fault, fault
        assert client.do("closing finish", proved)["fault"] is None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    facts = {"credits": len(month.outcome.credits), "MiB": most, "cpu": time.process_time()}
    print(json.dumps({**took, **facts}))


if __name__ == "__main__":
    main()
