"""Finds the name of the buyer in a line about a sale."""

import re
from collections.abc import Sequence

from bot.core.input.day_words import WEEKDAYS
from bot.core.input.quantity import UNITS, quantity_at
from bot.core.sales.buyers import SECOND_TITLES, SHOPS, TITLES, shown_name
from bot.core.sales.line.candidates import Certainty, NamedBuyer
from bot.core.sales.line.tokens import Token, TokenKind
from bot.core.sales.line.vocabulary import (
    ABOUT_BUYERS,
    ALSO_NAMES,
    BUYING,
    CALLS,
    FILLERS,
    KIN,
    OF_MINE,
    PASSIVE,
    PEOPLE,
    RELATING,
    REVISING,
    TO,
)
from bot.core.sales.products import ProductNames, has_words, spelled

__all__ = ["NAME_WORDS_MAX", "TEA", "is_said_of_no_one", "name_at"]

NAME_WORDS_MAX = 4
INTRODUCTIONS_MAX = 4
PLACES_MAX = 2
TITLES_MAX = 4
NEAR_TOKENS_MAX = 40
_FOR_WORDS = "buat bwt bwat untuk utk tuk for gasan kagem kangge nggo keur"
_FOR = frozenset(_FOR_WORDS.split())
TEA = frozenset({"teh", "teteh"})
"""A title of women in Bandung, and tea."""
_AMOUNTS = frozenset({TokenKind.MONEY, TokenKind.NUMBER, TokenKind.DISCOUNT, TokenKind.DEPOSIT})
# Prefixes of verbs: mengambil, ngebawa, nyandak, njupuk, mborong, maambil, dipundut.
_LIKE_A_VERB = re.compile(
    r"(?:nge|ngam|nyan|nyok|nj|mbor|mbel|mbaw|mem[bp]|meng|meny|maam|mamb|dip)[a-z]{2}"
)
_ALONE = frozenset({"rt", "rw"})


def is_said_of_no_one(word: str) -> bool:
    """Returns whether a lower-case word can be no part of a name."""
    return word in FILLERS or word in ABOUT_BUYERS or word in UNITS or word in REVISING


def name_at(tokens: Sequence[Token], at: int, called: ProductNames) -> NamedBuyer | None:
    """Returns the buyer whose name, title or introduction begins here."""
    return _NameReader(tokens, at, called).read()


class _NameReader:
    """Reads introduction, relatives, titles and the name itself, in this order."""

    def __init__(self, tokens: Sequence[Token], at: int, called: ProductNames) -> None:
        self.tokens = tokens
        self.called = called
        self.at = at
        self.words: list[str] = []
        self.titles: list[str] = []
        self.given = False

    def read(self) -> NamedBuyer | None:
        certainty = self._introduction()
        if certainty > Certainty.LOOSE and self._is_described_as_mine():
            self.at += 2
        self.given = certainty > Certainty.LOOSE
        shop = self._places_and_kin()
        if shop and self._word() in OF_MINE and self.words[-1].lower() in KIN:
            self.words.clear()  # "anak saya Hj. Nur"
            self.at += 1
            shop = False
        titled = self._titles()
        proper = self._proper(has_title=titled or shop)
        if not proper and not self._is_name_of_titles():
            return None
        if not titled and not shop and certainty is Certainty.LOOSE:
            return None
        follows = None if titled or shop else self._titled_behind()
        if follows is not None:
            return NamedBuyer(follows.name, max(certainty, follows.certainty), follows.end)
        return NamedBuyer(
            shown_name(" ".join(self.words).removesuffix("'s")),
            self._surer(certainty, titled or shop),
            self.at,
        )

    @staticmethod
    def _surer(certainty: Certainty, titled: bool) -> Certainty:
        if certainty is Certainty.SAID or not titled:
            return certainty
        return Certainty.MEANT if certainty is Certainty.MEANT else Certainty.TITLED

    def _introduction(self) -> Certainty:
        """Skip `pembeli`, `kepada`, `dibeli oleh`; returns how sure it makes the name."""
        certainty = Certainty.LOOSE
        for _ in range(INTRODUCTIONS_MAX):
            word, kind = self._word(), self._kind()
            if kind is TokenKind.NAMED:
                certainty = Certainty.SAID
                self._skip({TokenKind.PAUSE, TokenKind.BREAK})
            elif word == "ka" and not (
                self._is_title(self.at + 1) or self._word(1) in SHOPS | KIN | PASSIVE
            ):
                return certainty  # "ka Nisa" is a sister
            elif word in TO or word in PASSIVE:
                given = Certainty.MEANT if word in _FOR else Certainty.GIVEN
                certainty = max(certainty, given)
            elif word not in {"si", "sang"} and not (
                certainty is not Certainty.LOOSE and word in {"my", "itu", "ini"}
            ):
                break
            else:
                certainty = max(certainty, Certainty.GIVEN)
            self.at += 1
        return certainty

    def _is_name_of_titles(self) -> bool:
        """Returns whether titles alone are a name: `Bu RT`, `Mama Tua`, `Kantin SMP`."""
        if len(self.titles) > 1 and self.titles[-1] != self.titles[-2]:
            self.words = self.titles[-2:] if len(self.words) == 1 else self.words
            return True
        return len(self.words) > 1 or (bool(self.words) and self.words[-1].lower() in _ALONE)

    def _skip(self, kinds: set[TokenKind]) -> None:
        if self._kind(1) in kinds:
            self.at += 1

    def _places_and_kin(self) -> bool:
        """Take `warung`, `anak`, `kakak ipar`."""
        while len(self.words) < PLACES_MAX and (
            self._word() in SHOPS
            or self._word() in KIN
            or (self._word() in TITLES and self._word(1) == "ipar")
        ):
            self.words.append(self.tokens[self.at].as_typed)
            self.at += 1
        return bool(self.words)

    def _titles(self) -> bool:
        """Take the titles; of two that do not go together, the later one is the buyer's."""
        before = len(self.words)
        while self._is_title(self.at) and len(self.titles) < TITLES_MAX:
            if len(self.words) > before and self._word() not in SECOND_TITLES:
                del self.words[before:]
            self.titles.append(self.tokens[self.at].as_typed)
            self.words.append(self.titles[-1])
            self.at += 1
        return len(self.words) > before

    def _is_title(self, at: int) -> bool:
        word = self.tokens[at].word if at < len(self.tokens) else ""
        if word in TEA:
            return self._is_a_woman(at)
        if word == "dr" and not self.titles:  # "dr" alone is "dari": dr pak Bas, dr. Farid
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

    def _proper(self, *, has_title: bool) -> int:
        """Take the words of the name itself; returns how many there are."""
        count = 0
        if has_title and self._kind() is TokenKind.DAY and self._is_weekday():
            self.words.append(self.tokens[self.at].text)  # Pak Sabtu
            self.at += 1
            return 1
        if self.words and self.words[-1].lower() in SHOPS and self._is_number_of_a_shop():
            self.words.append(self.tokens[self.at].text)  # "Toko 99"
            self.at += 1
            return 1
        while count < NAME_WORDS_MAX and self._is_of_a_name(first=not count):
            self.words.append(self.tokens[self.at].as_typed)
            self.at += 1
            count += 1
        return count

    def _is_described_as_mine(self) -> bool:
        """Returns whether the name follows who she is to the seller: `ke murid saya Anisa`."""
        named = self._kind(2) is TokenKind.WORD and not is_said_of_no_one(self._word(2))
        described = self._word() in ABOUT_BUYERS - RELATING
        return described and self._word(1) in OF_MINE and named and self._word(2) not in TITLES

    def _is_number_of_a_shop(self) -> bool:
        """Returns whether a number counts nothing, since neither word nor amount follows."""
        counts = {TokenKind.WORD, TokenKind.NUMBER, TokenKind.MONEY, TokenKind.EACH}
        return self._kind() is TokenKind.NUMBER and self._kind(1) not in counts

    def _is_of_a_name(self, *, first: bool) -> bool:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind is not TokenKind.WORD:
            return False
        word = token.as_typed.lower()
        if not first and self._is_behind(token):
            return False
        if word in PEOPLE:
            spoken = word in FILLERS and self._kind(1) in _AMOUNTS  # "ibu kasih 45rb"
            return not spoken and (first or not self._continues_goods())
        if word in ABOUT_BUYERS - RELATING and (first or self._is_described()):
            return bool(self.words) or self.given  # "Bu Kost", "ke tetangga sebelah"
        if self._is_capital(token) and (first or self.words[0].lower() in SHOPS):
            return not token.goods or not self._names_goods(first=first)  # "Yu Nah", "Kak Meli"
        if first and word in ALSO_NAMES and self._is_titled_alone():
            return True
        if is_said_of_no_one(word) or quantity_at([word]):
            return False
        if token.goods:
            return not self._names_goods(first=first)
        relative = word in KIN and self._kind(1) is TokenKind.WORD
        return first or not (word in TITLES or (relative and self._word(1) not in BUYING))

    def _is_titled_alone(self) -> bool:
        """Returns whether a title comes before a word and no word behind it: `pakde min, 2`."""
        ends = self._kind(1) is not TokenKind.WORD or self._word(1) in BUYING
        return ends and bool(self.titles) and self.titles[-1].lower() not in CALLS

    def _is_behind(self, token: Token) -> bool:
        """Returns whether a word is no further name: `Bu Ani dapat ...`, `bu ani ngambil`."""
        small = token.as_typed.islower() and not self.words[-1].islower()
        return small or _LIKE_A_VERB.match(token.as_typed) is not None

    def _is_described(self) -> bool:
        """Returns whether the name so far is a description: `tetangga sebelah`."""
        return self.words[0].lower() in ABOUT_BUYERS

    def _is_capital(self, token: Token) -> bool:
        """Returns whether a word begins with a capital letter where not all words do."""
        if not self.words or not token.as_typed.istitle():
            return False
        ends = self._kind(1) is not TokenKind.WORD or self._word(1) in BUYING
        return self.words[0].islower() or ends or self.words[0].lower() in SHOPS

    def _names_goods(self, *, first: bool) -> bool:
        """Returns whether a word of a product is one here: not in `2 sabun bu siti melati`."""
        if first and self.tokens[self.at].typed and self.titles:
            return False  # "Bu Mirah" is no slip for "merah"
        if self._kind(1) is TokenKind.NUMBER or self._continues_goods():
            return True
        others = any(token.goods for token in self.tokens[: self.at])
        return first or not others or len(self.tokens[self.at].text) < 4  # noqa: PLR2004

    def _continues_goods(self) -> bool:
        pair = self.tokens[self.at : self.at + 2]
        words = [word for token in pair for word in spelled(token.text)]
        return len(pair) > 1 and pair[1].goods and has_words(words, self.called)

    def _titled_behind(self) -> NamedBuyer | None:
        """Returns who is called by a title behind a description: `ke dosen saya bu Lina`."""
        at = self.at
        while at < len(self.tokens) and self.tokens[at].word in OF_MINE:
            at += 1
        if at >= len(self.tokens) or self.tokens[at].word not in TITLES:
            return None
        return _NameReader(self.tokens, at, self.called).read()

    def _is_weekday(self) -> bool:
        return self.tokens[self.at].text.lower() in WEEKDAYS

    def _word(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self.tokens[at].word if at < len(self.tokens) else ""

    def _kind(self, ahead: int = 0) -> TokenKind | None:
        at = self.at + ahead
        return self.tokens[at].kind if at < len(self.tokens) else None
