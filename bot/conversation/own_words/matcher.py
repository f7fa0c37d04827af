"""Guesses which intent a text has, from words, pairs of words and the patterns of all intents."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.conversation.own_words.learning import Classifier, learn
from bot.core.understanding.intents import Intent, best_match

__all__ = ["OTHER", "Guess", "Matcher"]

OTHER = "other"
"""The label of texts that ask for nothing the bot does."""


@dataclass(frozen=True, slots=True)
class Guess:
    """An intent, and how likely it is that the text means it, from 0 to 1."""

    intent: str
    chance: float


class Matcher:
    """Knows all intents; made once from their examples."""

    def __init__(self, intents: Sequence[Intent], read: Callable[[str], Sequence[str]]) -> None:
        self._intents = tuple(intents)
        self._classifier: Classifier = learn(
            [
                (self._features(read(example)), intent.name)
                for intent in self._intents
                for example in intent.examples
            ]
        )

    def guesses(self, words: Sequence[str]) -> tuple[Guess, ...]:
        """Returns all intents that a text with these words may have, the most likely first."""
        chances = self._classifier.chances(sorted(self._features(words)))
        return tuple(Guess(intent, chance) for chance, intent in chances)

    def knows(self, words: Sequence[str]) -> bool:
        """Returns whether at least half of these words are in any example."""
        known = sum(word in self._classifier.weights for word in words)
        return 2 * known >= len(words) > 0

    def _features(self, words: Sequence[str]) -> frozenset[str]:
        return frozenset(self._each_feature(words))

    def _each_feature(self, words: Sequence[str]) -> Iterator[str]:
        yield from words
        for first, second in zip(("^", *words), (*words, "$"), strict=True):
            yield f"{first} {second}"
        for intent in self._intents:
            for length in range(best_match(intent, words)):
                yield f"{intent.name} = {length + 1}"
