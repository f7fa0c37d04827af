"""`python -m sandbox`: the local Telegram on a port of its own."""

import argparse
import asyncio
import json
import signal
import sys
from pathlib import Path

from sandbox.server import TOKEN, Sandbox


def main() -> None:
    """Read the command line and serve until told to stop."""
    wish = _arguments().parse_args()
    people = json.loads(wish.people.read_text(encoding="utf-8")) if wish.people else []
    sandbox = Sandbox(
        people,
        flood=not wish.no_flood,
        steady=wish.steady,
        host=wish.host,
        port=wish.port,
        token=wish.token,
        username=wish.username,
        name=wish.name,
        state=wish.state,
    )
    asyncio.run(serve(sandbox))


async def serve(sandbox: Sandbox) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with sandbox:
        sys.stdout.write(f"The sandbox listens on {sandbox.url}\n")
        sys.stdout.flush()
        await stop.wait()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--people", type=Path, help="JSON list of people")
    parser.add_argument("--state", type=Path, help="keep everything in this file over restarts")
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--username", default="jualdulu_bot")
    parser.add_argument("--name", default="Jual Dulu")
    parser.add_argument("--no-flood", action="store_true", help="keep no pace at all")
    parser.add_argument("--steady", action="store_true", help="hold no call but for the pace")
    return parser


if __name__ == "__main__":
    main()
