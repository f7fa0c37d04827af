"""Reads the version of a plan for a month from the plan's file."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.file_reports import refused_plan, wrong_plan

if TYPE_CHECKING:
    from bot.core.plans import Version

__all__ = ["version_of"]

LANGUAGES: Final = ("id", "en")


def version_of(file: Path, period: str, language: str) -> "Version":
    """Returns the plan version of a month; faults are told in this language.

    Names in one language are enough, because these commands show none.

    Raises:
        WrongSetupError: the file has faults, or the plan begins with a later month.
    """
    from bot.company.plan_file import read_plan

    readings = [read_plan(file, (one,)) for one in LANGUAGES]
    plan, faults = min(readings, key=lambda reading: len(reading[1]))
    if faults:
        raise refused_plan(faults, language)
    version = plan.version_for(period)
    if version is None:
        since = plan.versions[0].since
        raise wrong_plan(language, "plan too late", file=file, since=since, period=period)
    return version
