"""The version of a plan that holds in a month, straight from its file."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.faults import WrongSetupError, listed

if TYPE_CHECKING:
    from bot.core.plans import Version

__all__ = ["version_of"]

LANGUAGES: Final = ("id", "en")


def version_of(file: Path, period: str) -> "Version":
    """What the plan in a file says for a month.

    A plan with names in one language alone will do: nobody reads them here.

    Raises:
        WrongSetupError: the file has faults, or begins with a later month.
    """
    from bot.company.plan_file import read_plan

    readings = [read_plan(file, (language,)) for language in LANGUAGES]
    plan, faults = min(readings, key=lambda reading: len(reading[1]))
    if faults:
        raise WrongSetupError(listed("The plan cannot be used:", faults))
    version = plan.version_for(period)
    if version is None:
        since = plan.versions[0].since
        raise WrongSetupError(f"{file} begins with {since}, so {period} has no rule.")
    return version
