"""Chooses the buyer among the names in a line about a sale, and among its unknown words."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.core.sales.buyers import shown_name
from bot.core.sales.line.vocabulary import CALLS

__all__ = ["Certainty", "NamedBuyer", "Run", "best_names", "name_among", "without_calls"]

NAME_WORDS_MAX = 4
SMALL_WORDS_MAX = 2
_GREETING_WORDS_MAX = 1


class Certainty(IntEnum):
    """How sure it is that a name is the buyer's; the surest counts."""

    LOOSE = 1  # words about nothing else
    GIVEN = 2  # "ke Ani", "Ani beli"
    MEANT = 3  # "buat Bu Ani": perhaps somebody buys it for her
    TITLED = 4  # "Bu Ani"
    SAID = 5  # "pembelinya Ani"


@dataclass(frozen=True, slots=True)
class NamedBuyer:
    """A name, how sure it is, and the place of the token behind it."""

    name: str
    certainty: Certainty
    end: int


def best_names(buyers: Sequence[NamedBuyer]) -> tuple[str, ...]:
    """Returns the surest of the names, each once; a longer form of a name stands for both."""
    surest = max((buyer.certainty for buyer in buyers), default=Certainty.LOOSE)
    names = dict.fromkeys(buyer.name for buyer in buyers if buyer.certainty is surest)
    return tuple(
        name
        for name in names
        if not any(name != other and f" {name} " in f" {other} " for other in names)
    )


def without_calls(buyers: Sequence[NamedBuyer]) -> list[NamedBuyer]:
    """Leave out the bot, called in front of a line that names a buyer: `kak catetin ya, ...`."""
    others = [buyer for buyer in buyers if not _is_a_call(buyer)]
    titled = any(buyer.certainty >= Certainty.TITLED for buyer in others)
    return others if titled else list(buyers)


def _is_a_call(buyer: NamedBuyer) -> bool:
    words = buyer.name.lower().split()
    return words[0] in CALLS and buyer.end - len(words) <= _GREETING_WORDS_MAX


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
