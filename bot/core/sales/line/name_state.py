"""How far a name in a line about a sale is read, and what the words around it are."""

from collections.abc import Sequence

from bot.core.input.quantity import UNITS, quantity_at
from bot.core.sales.buyers import SECOND_TITLES, SHOPS, TITLES, TO
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    BUYING,
    FILLERS,
    KIN,
    REVISING,
    WHERE_KA_MEANS_TO,
)
from bot.core.sales.products import ProductNames

__all__ = ["TEA", "NameState", "is_said_of_no_one"]

NEAR_TOKENS_MAX = 40
_NEEDS_A_NAME = frozenset({"dr", "pung"})
_PERSON = frozenset({"orang", "org", "urang", "wong"})
TEA = frozenset({"teh", "teteh"})
"""A title of women in Bandung, and tea."""


def is_said_of_no_one(word: str) -> bool:
    """Returns whether a lower-case word can be no part of a name."""
    return word in FILLERS or word in ABOUT_BUYERS or word in UNITS or word in REVISING


class NameState:
    """The tokens of a line, and the words of the name so far."""

    def __init__(self, tokens: Sequence[Token], at: int, called: ProductNames) -> None:
        self.tokens = tokens
        self.called = called
        self.at = at
        self.words: list[str] = []
        self.titles: list[str] = []
        self.given = False
        self.by_article = False

    def is_title(self, at: int) -> bool:
        """Returns whether the word at a place is a title."""
        word = self.tokens[at].word if at < len(self.tokens) else ""
        if word in TEA:
            return self._is_a_woman(at)
        if word in _NEEDS_A_NAME and not self.titles:
            # "dr" alone is "dari": dr pak Bas, dr. Farid
            following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            return following is not None and following.text[:1].isupper()
        behind = bool(self.words) and self.words[-1].lower() in TITLES
        return word in TITLES or (behind and word in SECOND_TITLES)

    def _is_a_woman(self, at: int) -> bool:
        """Returns whether "teh" is a title, as in Bandung: nothing of that name is tea."""
        following = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if following is None or following.kind is not TokenKind.WORD:
            return False
        counted = at > 0 and self.tokens[at - 1].kind is TokenKind.NUMBER
        if at > 1 and (self.tokens[at - 2].goods or self.tokens[at - 2].kind is TokenKind.EACH):
            counted = False  # "sabun cair 1 teh Yuyun"
        near = self.tokens[max(0, at - NEAR_TOKENS_MAX) : at + NEAR_TOKENS_MAX]
        others = sum(token.goods for token in near) > 1
        introduced = at > 0 and self.tokens[at - 1].word in TO
        return (
            (others or introduced)
            and not counted
            and not following.goods
            and not is_said_of_no_one(following.word)
            and not quantity_at([following.word])
        )

    def is_a_verb(self) -> bool:
        """Returns whether a word that is also a title is a verb here: `mace bli sabun`."""
        behind = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        counts = behind is not None and (behind.goods or behind.kind is TokenKind.NUMBER)
        return self.word() in BUYING and counts

    def is_where_ka_means_to(self) -> bool:
        """Returns whether words of Sunda or Minangkabau are near, where "ka Nisa" is to her."""
        near = self.tokens[max(0, self.at - NEAR_TOKENS_MAX) : self.at + NEAR_TOKENS_MAX]
        return any(token.text.lower() in WHERE_KA_MEANS_TO for token in near)

    def word(self, ahead: int = 0) -> str:
        """Returns the word so many places ahead; nothing if it is no word."""
        at = self.at + ahead
        return self.tokens[at].word if at < len(self.tokens) else ""

    def kind(self, ahead: int = 0) -> TokenKind | None:
        """Returns the kind of the token so many places ahead."""
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else None

    def is_short_to(self) -> bool:
        """Returns whether a "k" is "ke", before who is no name: `k teman kerja`."""
        return self.word() == "k" and self.word(1) in ABOUT_BUYERS | TITLES | KIN | SHOPS

    def is_some_person(self) -> bool:
        """Returns whether a person is only told by where she is from: `orang Martapura`."""
        behind = self.word(1)
        named = self.kind(1) is TokenKind.WORD and not self.tokens[self.at + 1].goods
        return self.word() in _PERSON and named and not is_said_of_no_one(behind)

    def is_called_by_article(self) -> bool:
        """Returns whether `si` makes a name of what is also a title: `si Cici`."""
        return self.by_article and len(self.words) == 1 and self.words[0].istitle()
