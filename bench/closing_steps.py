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
from pathlib import Path

import bot.cli.database.upgrade
import bot.store.db.read_only
import bot.store.sales.sales  # noqa: F401 - loaded before the time is taken
from bot.cli.months.preview import preview_month, read_preview
from bot.cli.months.writer import begin, check_written, write_month
from bot.cli.service.remote import TaskClient
from bot.cli.setup import settings_from
from bot.company import load_company

KIB_PER_MIB = 1024


def main() -> None:
    """Close the month named on the command line."""
    period = sys.argv[1]
    settings = settings_from(Path(".env"))
    company = load_company(settings.company_file)
    version = company.plan.version_for(period)
    assert version is not None, "the plan of the benchmark holds for every month"
    took: dict[str, float] = {}

    @contextmanager
    def timed(part: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        took[part] = time.perf_counter() - began

    gc.disable()
    with TaskClient(settings) as client:
        with timed("read"):
            seen = asyncio.run(read_preview(settings, version, period))
        begin(client, company, seen)
        with timed("compute"):
            month = preview_month(seen)
        with timed("write"):
            write_month(client, month)
        with timed("prove"):
            fault, proved = asyncio.run(check_written(settings, month))
        assert not fault, fault
        assert client.do("closing finish", proved)["fault"] is None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIB_PER_MIB
    facts = {"credits": len(month.outcome.credits), "MiB": most, "cpu": time.process_time()}
    print(json.dumps({**took, **facts}))


if __name__ == "__main__":
    main()
