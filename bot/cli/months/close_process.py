"""The child process in which a running bot calculates or closes a month."""

import asyncio
from dataclasses import astuple
from functools import partial
from pathlib import Path

from bot.cli import progress_bars
from bot.cli.faults import CommandError
from bot.cli.file_reports import UNKNOWN, said_lines
from bot.cli.months.carry_out import carry_out
from bot.cli.months.preview import preview_month, read_month, without_gc
from bot.cli.months.writer import FiguresChangedError
from bot.cli.service.task_runner import ParentTaskRunner
from bot.company import load_company
from bot.company.plan_file import open_questions
from bot.core.input.checked_json import integer, string
from bot.jobs.closing_terms import ClosingTerms, terms_to_close, unpacked
from bot.jobs.job_names import CLOSE, COUNT
from bot.store.db import read_only
from bot.system.child_process import Facts, Parent, serve


def _terms(wish: Facts) -> ClosingTerms | None:
    """Returns the terms by the company file that the command line names, or else by the bot's."""
    if "company_file" in wish:
        company = load_company(Path(string(wish, "company_file")))
        look = partial(terms_to_close, company=company, period=string(wish, "period"))
        return asyncio.run(read_only.look(string(wish, "url"), look))
    return unpacked(string(wish, "terms")) if wish.get("terms") else None


def _language(wish: Facts) -> str:
    """Returns the company's first language, where the command line names its file."""
    if "company_file" not in wish:
        return UNKNOWN
    return load_company(Path(string(wish, "company_file"))).languages[0]


def _close(wish: Facts, parent: Parent) -> Facts:
    progress_bars.listen(parent.progress)
    url, terms = string(wish, "url"), _terms(wish)
    if terms is None:
        return {"fault": f"the plan has no rule for {string(wish, 'period')}"}
    if questions := open_questions(terms.version):
        asked = "; ".join(said_lines(questions, _language(wish)))
        return {"fault": f"the plan has to say first: {asked}"}
    request = integer(wish, "request") if "request" in wish else None
    try:
        with without_gc():
            state = asyncio.run(read_month(url, terms.version, terms.period))
            if not state.closed:
                month = preview_month(state)
                carry_out(ParentTaskRunner(parent), url, terms, month, request)
    except FiguresChangedError as fault:
        return {"fault": fault.message, "changed": True}
    except CommandError as fault:
        return {"fault": fault.message}
    return {"fault": "", "result": {}}


def _count(wish: Facts, _parent: Parent) -> Facts:
    """Returns the figures of a month as it is now, and writes nothing."""
    terms = _terms(wish)
    if terms is None:
        return {"fault": f"the plan has no rule for {string(wish, 'period')}"}
    with without_gc():
        state = asyncio.run(read_month(string(wish, "url"), terms.version, terms.period))
        if state.closed:
            return {"fault": state.closed}
        figures = list(astuple(preview_month(state).figures))
    return {"fault": "", "result": {"figures": figures}}


if __name__ == "__main__":
    serve({CLOSE: _close, COUNT: _count})
