"""What was learned from examples: how much each feature speaks for each intent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.understanding.features import WHOLE, FeatureGroup

__all__ = ["ZERO", "Guess", "Learned"]

ZERO = 128


@dataclass(frozen=True, slots=True)
class Guess:
    """An intent, and how far the text is on its side.

    Attributes:
        intent: its name.
        margin: in thousandths; above 0 the text is on its side, at 1,000 beyond doubt.
    """

    intent: str
    margin: int


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of a linear classifier, one row for each feature.

    Attributes:
        intents: their names, in the order of the rows.
        biases: the margin of each without any feature, in thousandths.
        unit: how many steps of a weight make up a margin of one.
        weights: by feature, a byte for each intent, with `ZERO` for no weight.
    """

    intents: tuple[str, ...]
    biases: tuple[int, ...]
    unit: int
    weights: Mapping[str, bytes]

    def guesses(self, groups: Iterable[FeatureGroup]) -> tuple[Guess, ...]:
        """Returns all intents with the margin of a text, the likeliest first."""
        sums = [0] * len(self.intents)
        for group in groups:
            rows = [self.weights[each] for each in group.features if each in self.weights]
            if rows:
                weight, nothing = group.weight, ZERO * len(rows)
                sums = [
                    before + weight * (sum(column) - nothing)
                    for before, column in zip(sums, zip(*rows, strict=True), strict=True)
                ]
        margins = (
            bias + total * 1_000 // (WHOLE * self.unit)
            for bias, total in zip(self.biases, sums, strict=True)
        )
        found = [Guess(*pair) for pair in zip(self.intents, margins, strict=True)]
        return tuple(sorted(found, key=lambda guess: (-guess.margin, guess.intent)))

    def knows(self, word: str) -> bool:
        """Returns whether a word in its usual spelling was in any example."""
        return word in self.weights
