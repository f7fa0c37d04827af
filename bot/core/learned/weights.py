"""How much each feature speaks for each of several labels, and what a text comes to by it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["WHOLE", "FeatureGroup", "Guess", "Learned"]

WHOLE = 1_000
"""The weight of a group with one feature; each of n features may weigh this by the root of n."""


@dataclass(frozen=True, slots=True)
class FeatureGroup:
    """Features of one kind; all weigh the same."""

    features: frozenset[str]
    weight: int


@dataclass(frozen=True, slots=True)
class Guess:
    """A label, and how far what was looked at is on its side.

    Attributes:
        label: its name.
        margin: in thousandths; above 0 the text is on its side, at 1,000 beyond doubt.
    """

    label: str
    margin: int


@dataclass(frozen=True, slots=True)
class Learned:
    """The weights of a linear classifier, one row for each feature.

    Attributes:
        labels: their names, in the order of the rows.
        biases: the margin of each without any feature, in thousandths.
        unit: how many steps of a weight make up a margin of one.
        zero: the number that stands for no weight, so that none is below 0.
        weights: by feature, a number for each label.
    """

    labels: tuple[str, ...]
    biases: tuple[int, ...]
    unit: int
    zero: int
    weights: Mapping[str, Sequence[int]]

    def guesses(self, groups: Iterable[FeatureGroup]) -> tuple[Guess, ...]:
        """Returns all labels with their margin, the likeliest first."""
        found = [Guess(*pair) for pair in zip(self.labels, self.margins(groups), strict=True)]
        return tuple(sorted(found, key=lambda guess: (-guess.margin, guess.label)))

    def margins(self, groups: Iterable[FeatureGroup]) -> list[int]:
        """Returns the margin of each label, in their order."""
        sums = [0] * len(self.labels)
        for group in groups:
            rows = [row for row in map(self.weights.get, group.features) if row is not None]
            if rows:
                weight, nothing = group.weight, self.zero * len(rows)
                sums = [
                    before + weight * (sum(column) - nothing)
                    for before, column in zip(sums, zip(*rows, strict=True), strict=True)
                ]
        return [
            bias + total * 1_000 // (WHOLE * self.unit)
            for bias, total in zip(self.biases, sums, strict=True)
        ]

    def knows(self, word: str) -> bool:
        """Returns whether a word in its usual spelling was in any example."""
        return word in self.weights
