"""Reads the version of a plan for a month from the plan's file."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.faults import WrongSetupError, listed

if TYPE_CHECKING:
    from bot.core.plans import Version

__all__ = ["version_of"]

LANGUAGES: Final = ("id", "en")


def version_of(file: Path, period: str) -> "Version":
    """Returns the plan version of a month.

    Names in one language are enough, because these commands show none.

    Raises:
        WrongSetupError: the file has faults, or the plan begins with a later month.
    """
    from bot.company.plan_file import read_plan

    readings = [read_plan(file, (language,)) for language in LANGUAGES]
    plan, faults = min(readings, key=lambda reading: len(reading[1]))
    if faults:
        raise WrongSetupError(listed("The plan cannot be used:", faults))
    version = plan.version_for(period)
    if version is None:
        since = plan.versions[0].since
        raise WrongSetupError(f"{file} begins with {since}, so it has no rule for {period}.")
    return version
