"""How good the weights of the intents are for sentences that were not learned from."""

from collections.abc import Callable, Sequence
from random import Random

from bot.conversation.own_words.matcher import SALE
from bot.core.learned.weights import Learned
from tests.understanding.examples import Example

__all__ = ["cross_validate"]

FOLDS = 5
READS_AS_A_SALE = "reads as a sale"
WRONG_CARDS = (2, 5, 10, 15, 20, 30, 40)


def cross_validate(
    examples: Sequence[Example], learn: Callable[[Sequence[Example]], Learned]
) -> None:
    """Print how often the likeliest intent is right, and what a card of a sale asks for.

    For several numbers of cards for what is no sale: how far the sale has to be ahead of all else
    for them to be no more, and how many sales get their card then.
    """
    order = list(range(len(examples)))
    Random(5).shuffle(order)
    right = 0
    ahead: list[tuple[int, bool]] = []
    for fold in range(FOLDS):
        held = set(order[fold::FOLDS])
        found = learn([each for at, each in enumerate(examples) if at not in held])
        for at in held:
            guesses = found.guesses(examples[at].groups)
            right += guesses[0].label in examples[at].also
            if _reads_as_a_sale(examples[at]):
                sale = next(guess.margin for guess in guesses if guess.label == SALE)
                others = max(guess.margin for guess in guesses if guess.label != SALE)
                ahead.append((sale - others, SALE in examples[at].also))
    print(f"{right} of {len(examples)} right, {100 * right / len(examples):.1f} %")
    _print_cards(sorted(ahead, reverse=True))


def _print_cards(ahead: Sequence[tuple[int, bool]]) -> None:
    sales = wrong = 0
    for margin, is_sale in ahead:
        sales += is_sale
        wrong += not is_sale
        if not is_sale and wrong - 1 in WRONG_CARDS:
            print(f"  more than {margin} ahead: {sales} sales, {wrong - 1} wrong cards")
    print(f"  of {sum(is_sale for _, is_sale in ahead)} sales that were read")


def _reads_as_a_sale(example: Example) -> bool:
    return any(READS_AS_A_SALE in group.features for group in example.groups)
