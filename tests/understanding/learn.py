"""Learns from the labelled sentences how much each feature speaks for each intent, and each tag.

`make learn` runs it after a change of sentences, patterns, spellings or of the reader of sales. It
writes `bot/content/learned_buyers.txt`, and with it read again, `bot/content/learned.txt`.
"""

import sys
from collections.abc import Sequence
from random import Random

from bot.content.heard import LEARNED, LEARNED_BUYERS, buyer_tags, intents
from bot.conversation.own_words.matcher import SALE
from bot.core.learned.weights import WHOLE, FeatureGroup, Learned
from tests.understanding.buyers import tagged_lines
from tests.understanding.examples import Example, fingerprint, learning_examples
from tests.understanding.fitting import fit, text_of

LOOKS_LIKE_A_SALE = 8
"""A sentence in which a sale was read, and that is none, counts like so many others."""
COST = 1.0
RARITY = 0.5
"""Rare words weigh more: a quarter of a point better in the cross-validation."""
COST_OF_TAGS = 0.2
FOLDS = 5


def learn(examples: Sequence[Example]) -> Learned:
    """Returns the weights of the intents."""
    counts = [LOOKS_LIKE_A_SALE if _misleads(each) else 1 for each in examples]
    groups = [each.groups for each in examples]
    return fit(groups, [each.intent for each in examples], counts, cost=COST, rarity=RARITY)


def learn_buyers() -> Learned:
    """Returns the weights of what each word of a line of a sale is."""
    lines = list(tagged_lines())
    words = [[FeatureGroup(signs, WHOLE)] for line in lines for signs in line.signs]
    tags = [tag for line in lines for tag in line.tags]
    return fit(words, tags, [1] * len(tags), cost=COST_OF_TAGS, size=2)


def _misleads(example: Example) -> bool:
    signs = {each for group in example.groups for each in group.features}
    return SALE not in example.also and "reads as a sale" in signs and "is refused" not in signs


def cross_validate(examples: Sequence[Example]) -> None:
    """Print how often the likeliest intent is right for sentences that were not learned from."""
    order = list(range(len(examples)))
    Random(5).shuffle(order)
    right = 0
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        found = learn([each for at, each in enumerate(examples) if at not in held])
        right += sum(
            found.guesses(examples[at].groups)[0].label in examples[at].also for at in held
        )
    print(f"{right} of {len(examples)} right, {100 * right / len(examples):.1f} %")


def main() -> None:
    """Write the files, or with `--cross` only say how good the intents would be."""
    if "--cross" in sys.argv:
        cross_validate(learning_examples(intents()))
        return
    buyers = learn_buyers()
    LEARNED_BUYERS.write_text(text_of(buyers, fingerprint()), "utf-8")
    buyer_tags.cache_clear()
    print(f"learned {len(buyers.weights)} signs of buyers: {LEARNED_BUYERS.name}")
    examples = learning_examples(intents())
    found = learn(examples)
    LEARNED.write_text(text_of(found, fingerprint()), "utf-8")
    print(f"learned {len(found.weights)} features from {len(examples)} sentences: {LEARNED.name}")


if __name__ == "__main__":
    main()
