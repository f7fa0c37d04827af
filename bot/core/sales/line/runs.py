"""Chooses the buyer among words that are about nothing else in a line about a sale."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.sales.buyers import shown_name

__all__ = ["Run", "name_among"]

NAME_WORDS_MAX = 4
SMALL_WORDS_MAX = 2


@dataclass(frozen=True, slots=True)
class Run:
    """Words about nothing known, one behind the other: perhaps a name.

    Attributes:
        words: as they were typed.
        at: the place of the first one.
        alone: whether nothing else is between the commas around them.
        is_last: whether the line ends with them.
    """

    words: tuple[str, ...]
    at: int
    alone: bool
    is_last: bool


def name_among(runs: Sequence[Run]) -> str | None:
    """Returns the one run that stands like a name: in capitals, alone, or at the end."""
    fitting = [run for run in runs if _is_like_a_name(run)]
    capital = [run for run in fitting if run.words[0][0].isupper()]
    chosen = capital if len(capital) == 1 else fitting
    return shown_name(" ".join(chosen[0].words)) if len(chosen) == 1 else None


def _is_like_a_name(run: Run) -> bool:
    if not all(word.replace("-", "").replace("'", "").isalpha() for word in run.words):
        return False
    if run.at and run.words[0].istitle():
        return len(run.words) <= NAME_WORDS_MAX
    return (run.alone or run.is_last) and len(run.words) <= SMALL_WORDS_MAX
