"""Learns from the labelled sentences how much each feature speaks for each intent, and each tag.

`make learn` runs it after a change of sentences, patterns, spellings or of the reader of sales. It
writes `learned_buyers.txt` and `learned_payments.txt` in `bot/content`, and with these read again,
`learned.txt`.
"""

import sys
from collections.abc import Sequence

from bot.content.heard import LEARNED, LEARNED_BUYERS, LEARNED_PAYMENTS, intents, line_tags
from bot.core.learned.weights import WHOLE, FeatureGroup, Learned
from tests.understanding.buyers import tagged_lines
from tests.understanding.crossing import cross_validate
from tests.understanding.examples import Example, fingerprint, learning_examples
from tests.understanding.fitting import fit, text_of
from tests.understanding.payments import paid_lines

COST = 1.0
RARITY = 0.5
"""Rare words weigh more: a quarter of a point better in the cross-validation."""
COST_OF_TAGS = 0.2
COST_OF_PAYMENTS = 0.3


def learn(examples: Sequence[Example]) -> Learned:
    """Returns the weights of the intents."""
    groups = [each.groups for each in examples]
    return fit(groups, [each.intent for each in examples], cost=COST, rarity=RARITY)


def learn_buyers() -> Learned:
    """Returns the weights of what each word of a line of a sale is."""
    lines = list(tagged_lines())
    words = [[FeatureGroup(signs, WHOLE)] for line in lines for signs in line.signs]
    tags = [tag for line in lines for tag in line.tags]
    return fit(words, tags, cost=COST_OF_TAGS, size=2)


def learn_payments() -> Learned:
    """Returns the weights of what the words of a line say of the payment."""
    lines = list(paid_lines())
    return fit(
        [line.signs for line in lines],
        [line.state for line in lines],
        cost=COST_OF_PAYMENTS,
        size=2,
    )


def main() -> None:
    """Write the files, or with `--cross` only say how good the intents would be."""
    if "--cross" in sys.argv:
        cross_validate(learning_examples(intents()), learn)
        return
    buyers = learn_buyers()
    LEARNED_BUYERS.write_text(text_of(buyers, fingerprint()), "utf-8")
    print(f"learned {len(buyers.weights)} signs of buyers: {LEARNED_BUYERS.name}")
    payments = learn_payments()
    LEARNED_PAYMENTS.write_text(text_of(payments, fingerprint()), "utf-8")
    print(f"learned {len(payments.weights)} signs of payments: {LEARNED_PAYMENTS.name}")
    line_tags.cache_clear()
    examples = learning_examples(intents())
    found = learn(examples)
    LEARNED.write_text(text_of(found, fingerprint()), "utf-8")
    print(f"learned {len(found.weights)} features from {len(examples)} sentences: {LEARNED.name}")


if __name__ == "__main__":
    main()
