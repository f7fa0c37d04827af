"""`python -m tests.soak --kills 300 --seed 1`: the long kill test, with a table of figures."""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import postgres
from tests.soak.checker import check
from tests.soak.drive import soak

BAR = 40


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true", help="keep the books on a server")
    parser.add_argument("--keep", type=Path, help="keep books and log in this folder")
    wish = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as temporary,
        _server(wanted=wish.postgres) as url,
    ):
        folder = wish.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)

        def progress(number: int) -> None:
            filled = BAR * number // wish.kills
            bar = "#" * filled + "." * (BAR - filled)
            print(f"\r{bar} {number}/{wish.kills} kills", end="", file=sys.stderr, flush=True)

        run = soak(folder, kills=wish.kills, seed=wish.seed, url=url, progress=progress)
        done = asyncio.run(run)
        print(file=sys.stderr)
        found = check(done)
    for name, figure in found.figures.items():
        print(f"{name:<46} {figure}")
    for words in found.wrong:
        print(f"BROKEN: {words}")
    print("Every promise held." if not found.wrong else f"{len(found.wrong)} promises broken.")
    return 1 if found.wrong else 0


@contextmanager
def _server(*, wanted: bool) -> Iterator[str | None]:
    """A database on a server of our own, which is never killed."""
    if not wanted:
        yield None
        return
    server = postgres.shared()
    if server is None:
        raise SystemExit(postgres.MISSING)
    try:
        with server.fresh() as url:
            yield url
    finally:
        postgres.stop_shared()


if __name__ == "__main__":
    sys.exit(main())
