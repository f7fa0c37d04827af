"""Chooses the buyer among words that are about nothing else in a line about a sale."""

from collections.abc import Sequence

from bot.core.sales.buyers import shown_name
from bot.core.sales.line.line_state import Run

__all__ = ["name_among"]

NAME_WORDS_MAX = 4
SMALL_WORDS_MAX = 2


def name_among(runs: Sequence[Run]) -> str | None:
    """Returns the one run that stands like a name: in capitals, alone, or at the end."""
    fitting = [run for run in runs if _is_like_a_name(run)]
    capital = [run for run in fitting if run.words[0][0].isupper()]
    chosen = capital if len(capital) == 1 else fitting
    if len(chosen) != 1:
        return None
    return shown_name(" ".join(chosen[0].words))


def _is_like_a_name(run: Run) -> bool:
    if not all(word.replace("-", "").replace("'", "").isalpha() for word in run.words):
        return False
    first = run.words[0]
    is_name = first.istitle() and not all(word.isupper() for word in run.words)
    if is_name and run.at:
        return len(run.words) <= NAME_WORDS_MAX
    return (run.alone or run.is_last) and len(run.words) <= SMALL_WORDS_MAX
