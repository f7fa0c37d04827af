"""Fits a linear classifier to examples, and writes it as the text that the bot reads.

A linear support vector machine: on these sentences some points better than logistic regression.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.core.learned.weights import WHOLE, FeatureGroup, Learned

__all__ = ["fit", "text_of"]

SEEN_MIN = 3
RARE = 4
"""The log of one in how many at which a feature weighs as it is."""

TOP = 0.999
"""The largest weights above this share of all are cut off."""


def fit(
    examples: Sequence[Sequence[FeatureGroup]],
    labels: Sequence[str],
    *,
    cost: float,
    size: int = 1,
    rarity: float = 0,
) -> Learned:
    """Returns the weights learned from these examples.

    Args:
        examples: the features of each.
        labels: the right label of each.
        cost: how much a wrong example costs, against the size of the weights.
        size: how many bytes a weight takes.
        rarity: how much more a rare feature weighs: the power of the log of one in how many.
    """
    seen = Counter(each for groups in examples for each in _weighted(groups))
    places = {each: at for at, each in enumerate(sorted(seen)) if seen[each] >= SEEN_MIN}
    places = {each: at for at, each in enumerate(places)}
    rare = {each: (log(len(examples) / seen[each]) / RARE) ** rarity for each in places}
    rows, columns, values = [], [], []
    for row, groups in enumerate(examples):
        for feature, weight in _weighted(groups).items():
            if feature in places:
                rows.append(row)
                columns.append(places[feature])
                values.append(weight / WHOLE * rare[feature])
    matrix = csr_matrix((values, (rows, columns)), shape=(len(examples), len(places)))
    matrix.indices, matrix.indptr = (
        each.astype(np.int32) for each in (matrix.indices, matrix.indptr)
    )
    machine = LinearSVC(C=cost, random_state=0)
    machine.fit(matrix, labels)
    return _rounded(machine, rare, size)


def _weighted(groups: Sequence[FeatureGroup]) -> dict[str, int]:
    return {each: group.weight for group in groups for each in group.features}


def _rounded(machine: Any, features: Mapping[str, float], size: int) -> Learned:
    """Returns whole numbers for the weights; the few largest are cut off."""
    zero = 1 << (8 * size - 1)
    exact = machine.coef_ * np.array(list(features.values()))
    largest = np.quantile(np.abs(exact).max(axis=0), TOP if size == 1 else 1)
    unit = int((zero - 1) / largest)
    weights = np.clip(np.rint(exact * unit), 1 - zero, zero - 1).astype(int)
    return Learned(
        tuple(str(each) for each in machine.classes_),
        tuple(int(each * 1_000) for each in machine.intercept_),
        unit,
        zero,
        {
            feature: [int(each) + zero for each in weights[:, at]]
            for at, feature in enumerate(features)
            if weights[:, at].any()
        },
    )


def text_of(found: Learned, made_from: str) -> str:
    """Returns the text of a file of weights."""
    head = (
        f"# Written by `make learn` from {made_from}",
        ",".join(found.labels),
        ",".join(map(str, found.biases)),
        f"{found.unit} {found.zero}",
    )
    rows = (
        f"{feature}\t{b64encode(in_bytes(row, found.zero)).decode('ascii')}"
        for feature, row in found.weights.items()
    )
    return "\n".join((*head, *rows)) + "\n"


def in_bytes(row: Sequence[int], zero: int) -> bytes:
    """Returns the weights of a feature as bytes, the high one of each first."""
    size = zero.bit_length() // 8
    return b"".join(each.to_bytes(size) for each in row)
