"""What is wrong with a list, as the command line reports it: file, line and words."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.faults import CommandError
from bot.cli.file_reports import one_sentence

if TYPE_CHECKING:
    from bot.core.sheets.sheet_faults import SheetFault, SheetFaultsError

__all__ = ["named", "no_table", "refusal", "report_lines"]

SHOWN_MAX = 200


def report_lines(file: Path, faults: "Sequence[SheetFault]", language: str) -> list[str]:
    """Returns a line for each fault, in the order of the file, and how many more there are."""
    from bot.content.sheet_words import fault_words, sheet_words

    ordered = sorted(faults, key=lambda fault: fault.line)
    said = [
        f"{file}:{fault.line}: {fault_words(fault, language)}"
        if fault.line
        else f"{file} {fault_words(fault, language)}"
        for fault in ordered[:SHOWN_MAX]
    ]
    if more := len(ordered) - len(said):
        said.append(sheet_words(language)["and more"].format(more=more))
    return said


def refusal(
    file: Path, faults: "Sequence[SheetFault]", language: str, heading: str
) -> CommandError:
    """Returns the error that reports all faults under a heading."""
    from bot.content.sheet_words import sheet_words

    lines = [sheet_words(language)[heading], *report_lines(file, faults, language)]
    return CommandError("\n".join(lines))


def no_table(file: Path, error: "SheetFaultsError", language: str) -> CommandError:
    """Returns the error that reports why a file is no list at all."""
    return CommandError("\n".join(report_lines(file, error.faults, language)))


def named(numbers: Sequence[str], count: int, language: str) -> str:
    """Returns the numbers of members or products in one line; `count` is how many there are."""
    listed = ", ".join(numbers)
    if count <= len(numbers):
        return listed
    return one_sentence(language, "named and more", named=listed, more=count - len(numbers))
