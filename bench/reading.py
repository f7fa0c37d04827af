"""What each reader of people's text costs at its worst: the shapes of the hostile tests."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap

from tests.hostile.clockwork import cost
from tests.hostile.readers import Read, forget, readers
from tests.hostile.shapes import MESSAGE_CHARACTERS_MAX, SHAPES

__all__ = ["Dearest", "dearest"]

LENGTHS = (256, 1_000, MESSAGE_CHARACTERS_MAX)
TIMES = 3


@dataclass(frozen=True, slots=True)
class Dearest:
    """The text that one reader takes the most processor time for, in milliseconds."""

    reader: str
    shape: str
    length: int
    took: float


def dearest(most: int) -> Sequence[Dearest]:
    """Returns the readers with the dearest text of each, the dearest first, so many of them."""
    found = sorted(starmap(_worst, readers().items()), key=lambda each: -each.took)
    return found[:most]


def _worst(name: str, read: Read) -> Dearest:
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
    return Dearest(name, shape, length, 1000 * again)
