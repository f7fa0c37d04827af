"""Learns from examples how much each feature of a text speaks for each label.

Multinomial logistic regression, trained by stochastic gradient descent with step sizes after
Duchi, Hazan and Singer, "Adaptive Subgradient Methods" (JMLR 12, 2011). The order of the examples
is fixed, so the same examples always give the same weights.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Classifier", "learn"]

ROUNDS = 8
STEP = 0.3
SMALL = 1e-3
STRIDE = 101
"""A prime: examples are visited in strides, so that those of one label are not in a row."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """The weights of each known feature, one for each label."""

    labels: tuple[str, ...]
    weights: dict[str, list[float]]

    def chances(self, features: Iterable[str]) -> list[tuple[float, str]]:
        """Returns each label with its probability, the most likely first."""
        rows = (self.weights.get(feature) for feature in features)
        shares = _softmax(rows, len(self.labels))
        return sorted(zip(shares, self.labels, strict=True), key=lambda each: (-each[0], each[1]))


def learn(examples: Sequence[tuple[frozenset[str], str]]) -> Classifier:
    """Returns a classifier for these examples, each the features of a text and its label."""
    labels = tuple(sorted({label for _, label in examples}))
    place = {label: at for at, label in enumerate(labels)}
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(labels))
    squares: defaultdict[str, list[float]] = defaultdict(lambda: [1e-6] * len(labels))
    order = _strided(len(examples))
    for _ in range(ROUNDS):
        for at in order:
            features, label = examples[at]
            errors = _softmax((weights[each] for each in features), len(labels))
            errors[place[label]] -= 1
            changed = [(i, error) for i, error in enumerate(errors) if abs(error) > SMALL]
            for feature in sorted(features):
                own, sums = weights[feature], squares[feature]
                for i, error in changed:
                    sums[i] += error * error
                    own[i] -= STEP * error / math.sqrt(sums[i])
    return Classifier(labels, dict(weights))


def _softmax(rows: Iterable[Sequence[float] | None], size: int) -> list[float]:
    sums = [0.0] * size
    for row in rows:
        if row is not None:
            sums = [a + b for a, b in zip(sums, row, strict=True)]
    highest = max(sums)
    shares = [math.exp(value - highest) for value in sums]
    whole = sum(shares)
    return [share / whole for share in shares]


def _strided(count: int) -> list[int]:
    stride = STRIDE
    while count and math.gcd(stride, count) != 1:
        stride += 1
    return [at * stride % count for at in range(count)]
