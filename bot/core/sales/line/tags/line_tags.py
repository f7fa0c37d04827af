"""What was learned of the words of a line about a sale."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.learned.weights import Learned

__all__ = ["LineTags"]


@dataclass(frozen=True, slots=True, eq=False)
class LineTags:
    """What was learned of the words of a line.

    Attributes:
        buyers: the weights of the signs of a word, with labels for the first word of a buyer, a
            further one, and none.
        payments: the weights of the words of a line, with a label for each state of payment.
        is_usual: whether a word is one that everybody uses.
        spelled: the usual spelling of a word.
        meaning: what words mean, whatever the language.
    """

    buyers: Learned
    payments: Learned
    is_usual: Callable[[str], bool]
    spelled: Callable[[str], str]
    meaning: Callable[[Sequence[str]], frozenset[str]]
