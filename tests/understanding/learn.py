"""Learns from the labelled sentences how much each feature speaks for each intent.

`make learn` runs it after a change of sentences, patterns, spellings or of the reader of sales,
and writes `bot/content/learned.txt`. A linear support vector machine: on this set some points
better than logistic regression (5-fold cross-validation, `--cross`).
"""

import sys
from base64 import b85encode
from collections import Counter
from collections.abc import Sequence
from random import Random
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from bot.content.heard import LEARNED, intents
from bot.conversation.own_words.matcher import SALE
from bot.core.understanding.features import WHOLE, FeatureGroup
from bot.core.understanding.learned import ZERO, Learned
from tests.understanding.examples import Example, fingerprint, learning_examples

SEEN_MIN = 3
LOOKS_LIKE_A_SALE = 8
"""A sentence in which a sale was read, and that is none, counts like so many others."""
COST = 1.0
BYTE_MAX = 127
FOLDS = 5


def learn(examples: Sequence[Example]) -> Learned:
    """Returns the weights learned from these examples."""
    seen = Counter(each for example in examples for each in _weighted(example.groups))
    places = {each: at for at, each in enumerate(sorted(seen)) if seen[each] >= SEEN_MIN}
    places = {each: at for at, each in enumerate(places)}
    rows, columns, values = [], [], []
    for row, example in enumerate(examples):
        for feature, weight in _weighted(example.groups).items():
            if feature in places:
                rows.append(row)
                columns.append(places[feature])
                values.append(weight / WHOLE)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(examples), len(places)))
    matrix.indices, matrix.indptr = (
        each.astype(np.int32) for each in (matrix.indices, matrix.indptr)
    )
    counts = [LOOKS_LIKE_A_SALE if _misleads(each) else 1 for each in examples]
    machine = LinearSVC(C=COST, random_state=0)
    machine.fit(matrix, [each.intent for each in examples], sample_weight=counts)
    return _rounded(machine, list(places))


def _misleads(example: Example) -> bool:
    signs = {each for group in example.groups for each in group.features}
    return SALE not in example.also and "reads as a sale" in signs and "is refused" not in signs


def _weighted(groups: Sequence[FeatureGroup]) -> dict[str, int]:
    return {each: group.weight for group in groups for each in group.features}


def _rounded(machine: Any, features: Sequence[str]) -> Learned:
    """Returns whole numbers for the weights; the few largest are cut off at a byte."""
    largest = np.quantile(np.abs(machine.coef_).max(axis=0), 0.999)
    unit = int(BYTE_MAX / largest)
    weights = np.clip(np.rint(machine.coef_ * unit), -BYTE_MAX, BYTE_MAX).astype(int)
    return Learned(
        tuple(str(each) for each in machine.classes_),
        tuple(int(each * 1_000) for each in machine.intercept_),
        unit,
        {
            feature: bytes(int(each) + ZERO for each in weights[:, at])
            for at, feature in enumerate(features)
            if weights[:, at].any()
        },
    )


def text_of(found: Learned, made_from: str) -> str:
    """Returns the text of `learned.txt`."""
    head = (
        f"# Written by `make learn` from {made_from}",
        ",".join(found.intents),
        ",".join(map(str, found.biases)),
        str(found.unit),
    )
    rows = (
        f"{feature}\t{b85encode(row).decode('ascii')}" for feature, row in found.weights.items()
    )
    return "\n".join((*head, *rows)) + "\n"


def cross_validate(examples: Sequence[Example]) -> None:
    """Print how often the likeliest intent is right for sentences that were not learned from."""
    order = list(range(len(examples)))
    Random(5).shuffle(order)
    right = 0
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        found = learn([each for at, each in enumerate(examples) if at not in held])
        right += sum(
            found.guesses(examples[at].groups)[0].intent in examples[at].also for at in held
        )
    print(f"{right} of {len(examples)} right, {100 * right / len(examples):.1f} %")


def main() -> None:
    """Write the file, or with `--cross` only say how good it would be."""
    examples = learning_examples(intents())
    if "--cross" in sys.argv:
        cross_validate(examples)
        return
    found = learn(examples)
    LEARNED.write_text(text_of(found, fingerprint()), "utf-8")
    print(f"learned {len(found.weights)} features from {len(examples)} sentences: {LEARNED.name}")


if __name__ == "__main__":
    main()
