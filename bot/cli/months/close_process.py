"""The process in which a running bot closes a month: what `close` does after its question."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.cli import progress
from bot.cli.faults import Fault
from bot.cli.months.carry_out import carry_out
from bot.cli.months.preview import see, uncollected, work_out
from bot.cli.service.doer import AskingParent
from bot.cli.setup import settings_from
from bot.company import load_company
from bot.runtime.operator_jobs import CLOSE
from bot.system.child_process import Parent, serve


def _close(wish: Mapping[str, Any], parent: Parent) -> dict[str, Any]:
    progress.listen(parent.progress)
    settings = settings_from(Path(wish["env_file"]))
    settings = settings.model_copy(update={"database_url": SecretStr(wish["url"])})
    company = load_company(Path(wish["company_file"]))
    version = company.plan.version_for(wish["period"])
    if version is None:
        return {"fault": f"the plan has no rule for {wish['period']}"}
    try:
        with uncollected():
            seen = asyncio.run(see(settings, version, wish["period"]))
            if not seen.closed:
                carry_out(AskingParent(parent), settings, company, work_out(seen))
    except Fault as fault:
        return {"fault": fault.message}
    return {"fault": "", "result": {}}


if __name__ == "__main__":
    serve({CLOSE: _close})
