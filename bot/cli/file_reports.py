"""Faults of the company file and of plans, and what a plan pays, as the command line reports them.

Both speak the first language of the company; English where its file says nothing, or cannot be
read.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli.faults import WrongSetupError, listed

if TYPE_CHECKING:
    from bot.core.file_faults import FileFault, Said

__all__ = [
    "UNKNOWN",
    "company_lines",
    "first_language",
    "one_sentence",
    "refused_plan",
    "said_lines",
    "wrong_plan",
]

UNKNOWN: Final = "en"
"""The language where the company's is not known."""


def first_language(env_file: Path) -> str:
    """Returns the first language of the company whose file the settings name."""
    from bot.company import language_written
    from bot.system.files import TOML_BYTES_MAX, UnreadableFileError, read_text
    from bot.system.settings import SettingsError, load

    try:
        settings = load(env_file, token_needed=False)
        return language_written(read_text(settings.company_file, TOML_BYTES_MAX))
    except (SettingsError, UnreadableFileError):
        return UNKNOWN


def refused_plan(faults: "Sequence[FileFault]", language: str) -> WrongSetupError:
    """Returns the error that reports all faults of a plan."""
    from bot.content.file_words import file_words

    return WrongSetupError(
        listed(file_words(language)["heading plan"], company_lines(faults, language))
    )


def company_lines(faults: "Sequence[FileFault]", language: str) -> list[str]:
    """Returns a line for each fault."""
    from bot.content.file_words import file_fault_words

    return [file_fault_words(fault, language) for fault in faults]


def said_lines(sentences: "Sequence[Said]", language: str) -> list[str]:
    """Returns the words of each sentence."""
    from bot.content.file_words import said_words

    return [said_words(each, language) for each in sentences]


def wrong_plan(language: str, what: str, **facts: object) -> WrongSetupError:
    """Returns the error that says one sentence."""
    return WrongSetupError(one_sentence(language, what, **facts))


def one_sentence(language: str, what: str, **facts: object) -> str:
    """Returns one sentence in this language."""
    from bot.content.file_words import said_words
    from bot.core.file_faults import Said

    return said_words(Said.of(what, **facts), language)
