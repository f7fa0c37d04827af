"""Starts one bot after the other, each a process of its own that can be killed.

Importing everything takes longer than a bot lives in the soak. So this process imports once and
forks: what runs in the child is what `python -m bot run` runs, from the lease to the last close.
It obeys lines on its standard input and answers each with one line.
"""

import asyncio
import os
import sys
import traceback
from pathlib import Path

from bot.cli.service.serving import serve_bot
from bot.company import load_company
from bot.content.heard import learned
from bot.store.db import migrations, read_only
from bot.system.settings import load
from bot.telemetry import logs

WARMED = (read_only, migrations)
"""Imported by the running bot when it needs them; here beforehand, as what `learned` reads."""


def main() -> None:
    """`start` answers with a process id, `wait` with how that process ended."""
    child = 0
    learned()
    print("ready", flush=True)
    for line in sys.stdin:
        if line.strip() == "start":
            child = os.fork()
            if child == 0:
                _live()
            print(child, flush=True)
        else:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _live() -> None:
    """Be a bot; never comes back."""
    code = 1
    try:
        log = os.open(os.environ["SOAK_LOG"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for number in (1, 2):
            os.dup2(log, number)
        os.close(0)
        settings = load(Path(os.devnull))
        logs.setup(settings.log_level, settings.log_format, secrets=settings.secrets)
        asyncio.run(serve_bot(settings, load_company(settings.company_file)))
        code = 0
    except BaseException:  # noqa: BLE001 - whatever ends the child is logged
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
