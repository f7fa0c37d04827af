"""Which questions of the FAQ a text may ask: each is known by sentences, as people ask them.

A sentence counts by the words it shares with the text, in one spelling. Words that many questions
have say less. Whole numbers only; the same text always finds the same question.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from bot.core.understanding.chat_words import typed_words
from bot.core.understanding.spelling import Spelling

__all__ = ["FaqIndex", "FaqMatch", "is_clear"]

WHOLE: Final = 1_000
CLEAR_MIN: Final = 700
"""From this likeness on, a question is answered if the next one is far enough behind."""

CLEAR_AHEAD: Final = 60
NEAR_MIN: Final = 520
"""From this likeness on, a question is offered with others that may be meant."""

TOGETHER: Final = 860
"""The likeness of a text that has all words of a sentence close together."""

GAP_WORDS_MAX: Final = 2
SHARED_BY_MAX: Final = 2
RARE, COMMON, SMALL, FOREIGN = 1_000, 600, 350, 600
"""What a word weighs: of few questions, of many, of grammar, of none."""

ALIKE_MIN: Final = 88
SLIP_LETTERS_MIN: Final = 5
STEM_LETTERS_MIN: Final = 4

_SUFFIXES: Final = ("nya", "kah", "lah")
# Elsewhere "mlm" is "malam" and "modal" a price; in a question about the company they are not.
_OWN: Final = {"mlm": "mlm", "modal": "modal", "modalnya": "modal"}
_SMALL_WORDS: Final = (
    "apa berapa mana bagaimana kapan siapa kenapa ini itu bisa mau saya anda yang ada untuk "
    "dengan dari tidak boleh kalau harus"
)
_SMALL: Final = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class FaqMatch:
    """A question that a text may ask, and how like it is, in thousandths."""

    key: str
    likeness: int


class FaqIndex:
    """The questions, ready to be compared with texts.

    Args:
        asked: the sentences of each question, by its key.
        spelling: how words of chats are spelled.
    """

    def __init__(self, asked: Mapping[str, Iterable[str]], spelling: Spelling) -> None:
        self._spelling = spelling
        self._known: frozenset[str] = frozenset()
        self._long: tuple[str, ...] = ()
        sentences = {
            key: tuple({self._words(text): None for text in texts}) for key, texts in asked.items()
        }
        self._sentences = {
            key: tuple(words for words in many if words) for key, many in sentences.items()
        }
        shared = Counter(
            word
            for many in self._sentences.values()
            for word in {word for words in many for word in words}
        )
        self._weights = {word: _weight(word, count) for word, count in shared.items()}
        self._known = frozenset(shared)
        self._long = tuple(word for word in shared if len(word) >= SLIP_LETTERS_MIN)

    def matches(self, text: str) -> tuple[FaqMatch, ...]:
        """Returns the questions that a text may ask, the likeliest first."""
        typed = self._words(text)
        if not typed:
            return ()
        found = [
            FaqMatch(key, max((self._likeness(words, typed) for words in many), default=0))
            for key, many in self._sentences.items()
        ]
        near = [match for match in found if match.likeness >= NEAR_MIN]
        return tuple(sorted(near, key=lambda match: -match.likeness))

    def _likeness(self, words: Sequence[str], typed: Sequence[str]) -> int:
        shared = [word for word in words if word in typed]
        if not shared:
            return 0
        whole = self._sum(words) + sum(self._weights.get(word, FOREIGN) for word in typed)
        like = 2 * WHOLE * self._sum(shared) // whole
        if len(shared) < len(words) or len(words) == 1 or self._sum(words) < RARE:
            return like
        places = [typed.index(word) for word in words]
        span = max(places) - min(places) + 1
        return max(like, TOGETHER) if span <= len(words) + GAP_WORDS_MAX else like

    def _sum(self, words: Iterable[str]) -> int:
        return sum(self._weights[word] for word in words)

    def _words(self, text: str) -> tuple[str, ...]:
        """Returns the words of a text that count, each once, in one spelling."""
        found = (
            self._spelled(word)
            for word in typed_words(text)
            if word[0].isalpha() and word not in self._spelling.fillers
        )
        return tuple(dict.fromkeys(found))

    def _spelled(self, word: str) -> str:
        if word in _OWN:
            return _OWN[word]
        usual = self._spelling.canonical(word)
        if usual != word or self._spelling.is_known(word):
            return usual
        for suffix in _SUFFIXES:
            stem = word.removesuffix(suffix)
            if stem != word and len(stem) >= STEM_LETTERS_MIN:
                word = stem
                break
        if word in self._known or len(word) < SLIP_LETTERS_MIN or not self._long:
            return word
        best = process.extractOne(word, self._long, scorer=fuzz.ratio, score_cutoff=ALIKE_MIN)
        return word if best is None else best[0]


def is_clear(matches: Sequence[FaqMatch]) -> bool:
    """Returns whether the first question is like enough, and ahead of the second."""
    if not matches or matches[0].likeness < CLEAR_MIN:
        return False
    return len(matches) == 1 or matches[0].likeness - matches[1].likeness >= CLEAR_AHEAD


def _weight(word: str, questions: int) -> int:
    if word in _SMALL:
        return SMALL
    return RARE if questions <= SHARED_BY_MAX else COMMON
