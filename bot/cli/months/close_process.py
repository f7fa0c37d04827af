"""The child process in which a running bot closes a month, after `close` has asked."""

import asyncio
from pathlib import Path

from pydantic import SecretStr

from bot.cli import progress_bars
from bot.cli.faults import CommandError
from bot.cli.months.carry_out import carry_out
from bot.cli.months.preview import preview_month, read_preview, without_gc
from bot.cli.service.task_runner import ParentTaskRunner
from bot.cli.setup import settings_from
from bot.company import load_company
from bot.core.input.checked_json import string
from bot.runtime.operator_jobs import CLOSE
from bot.system.child_process import Facts, Parent, serve


def _close(wish: Facts, parent: Parent) -> Facts:
    progress_bars.listen(parent.progress)
    settings = settings_from(Path(string(wish, "env_file")))
    settings = settings.model_copy(update={"database_url": SecretStr(string(wish, "url"))})
    company = load_company(Path(string(wish, "company_file")))
    period = string(wish, "period")
    version = company.plan.version_for(period)
    if version is None:
        return {"fault": f"the plan has no rule for {period}"}
    try:
        with without_gc():
            state = asyncio.run(read_preview(settings, version, period))
            if not state.closed:
                carry_out(ParentTaskRunner(parent), settings, company, preview_month(state))
    except CommandError as fault:
        return {"fault": fault.message}
    return {"fault": "", "result": {}}


if __name__ == "__main__":
    serve({CLOSE: _close})
