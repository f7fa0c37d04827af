"""The company of the demo: that of the two sample files."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.company import Company, load_company
from bot.company.plan_file import read_plan

__all__ = ["sample_company"]

BULK_PER_SECOND: Final = 8


def sample_company(folder: Path) -> Company:
    """The sample company with the sample plan, which a real one names in its own file."""
    company = load_company(folder / "company.sample.toml")
    plan, faults = read_plan(folder / "plan.sample.toml", company.languages)
    assert not faults, faults
    # A broadcast to three hundred takes a while here, so that one can watch it and stop it.
    slow = replace(company.sending, bulk_per_second=BULK_PER_SECOND)
    return replace(company, plan=plan, sending=slow)
