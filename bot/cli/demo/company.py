"""The company of the demo, from the two sample files."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.company import Company, load_company
from bot.company.plan_file import read_plan

__all__ = ["sample_company"]

BULK_PER_SECOND: Final = 8


def sample_company(folder: Path) -> Company:
    """Returns the sample company with the sample plan."""
    company = load_company(folder / "company.sample.toml")
    plan, faults = read_plan(folder / "plan.sample.toml", company.languages)
    assert not faults, faults
    # Slow enough that one can watch a broadcast to three hundred members, and stop it.
    slow = replace(company.sending, bulk_per_second=BULK_PER_SECOND)
    return replace(company, plan=plan, sending=slow)
