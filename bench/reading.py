"""The worst cost of each parser of people's text, over the shapes of the hostile tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from tests.hostile.clockwork import cost
from tests.hostile.readers import Read, forget, readers
from tests.hostile.shapes import MESSAGE_CHARACTERS_MAX, SHAPES

__all__ = ["WorstText", "worst_texts"]

LENGTHS = (256, 1_000, MESSAGE_CHARACTERS_MAX)
TIMES = 3


@dataclass(frozen=True, slots=True)
class WorstText:
    """The most expensive text for one parser, with its processor time in milliseconds."""

    reader: str
    shape: str
    length: int
    took: float


def worst_texts(most: int) -> Sequence[WorstText]:
    """Returns the most expensive text of each parser, at most `most` of them, the worst first."""
    found = sorted(starmap(_worst, readers().items()), key=lambda each: -each.took)
    return found[:most]


def _worst(name: str, read: Read) -> WorstText:
    def took(text: str) -> float:
        forget()
        return cost(read, text)

    tried = [
        (took(text_of(length)), shape, length)
        for shape, text_of in SHAPES.items()
        for length in LENGTHS
    ]
    _, shape, length = max(tried)
    again = min(took(SHAPES[shape](length)) for _ in range(TIMES))
    return WorstText(name, shape, length, 1000 * again)
