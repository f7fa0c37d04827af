"""The child process in which a running bot imports a list of members."""

import asyncio
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from bot.cli import progress_bars
from bot.cli.faults import CommandError
from bot.cli.file_reports import UNKNOWN, one_sentence
from bot.cli.imports.member_job import run_import
from bot.cli.imports.member_plan import plan_now
from bot.cli.service.task_runner import ParentTaskRunner
from bot.cli.setup import settings_from
from bot.core.input.checked_json import integer, string
from bot.jobs.import_list import entries_of
from bot.jobs.job_names import IMPORT_MEMBERS
from bot.store.db import read_only
from bot.system.child_process import Facts, Parent, serve


def _import(wish: Facts, parent: Parent) -> Facts:
    progress_bars.listen(parent.progress)
    settings = settings_from(Path(string(wish, "env_file")))
    settings = settings.model_copy(update={"database_url": SecretStr(string(wish, "url"))})
    # A job that was asked for by an earlier version names no language.
    language = string({"language": UNKNOWN, **wish}, "language")
    look = partial(entries_of, reference=string(wish, "reference"))
    entries = asyncio.run(read_only.look(string(wish, "url"), look))
    if len(entries) != wish["lines"]:
        return {"fault": one_sentence(language, "import incomplete")}
    try:
        zone, runner = string(wish, "time_zone"), ParentTaskRunner(parent)
        make = partial(plan_now, settings, zone, entries)
        signed = integer({"opening": 0, **wish}, "opening")
        result = run_import(runner, make, zone, signed, language=language)
    except CommandError as fault:
        return {"fault": fault.message}
    return {"fault": "", "result": result}


if __name__ == "__main__":
    serve({IMPORT_MEMBERS: _import})
