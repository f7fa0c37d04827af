"""Finds the name of the buyer in a line about a sale."""

import re
from collections.abc import Sequence

from bot.core.input.day_words import WEEKDAYS
from bot.core.input.quantity import quantity_at
from bot.core.sales.buyers import SECOND_TITLES, SHOPS, TITLES, TO, shown_name
from bot.core.sales.line.candidates import Certainty, NamedBuyer
from bot.core.sales.line.name_state import is_said_of_no_one
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.shop_names import ShopNames
from bot.core.sales.line.words.everyday_words import is_everyday
from bot.core.sales.line.words.part_paid import HANDED_OVER, OWED_STILL
from bot.core.sales.line.words.vocabulary import (
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
)
from bot.core.sales.products import ProductNames, has_words, spelled

__all__ = ["NAME_WORDS_MAX", "name_at"]

NAME_WORDS_MAX = 4
INTRODUCTIONS_MAX = 4
PLACES_MAX = 2
TITLES_MAX = 4
_FOR_WORDS = "buat bwt bwat untuk utk tuk for gasan kagem kangge nggo keur"
_FOR = frozenset(_FOR_WORDS.split())
_AMOUNTS = frozenset({TokenKind.MONEY, TokenKind.NUMBER, TokenKind.DISCOUNT, TokenKind.DEPOSIT})
# Prefixes of verbs: mengambil, ngebawa, nyandak, njupuk, mborong, maambil, dipundut.
_LIKE_A_VERB = re.compile(
    r"(?:nge|ngam|nyan|nyok|nj|mbor|mbel|mbaw|mem[bp]|meng|meny|maam|mamb|dip)[a-z]{2}"
)
_WHICH_CHILD = frozenset(["gadis", "gadih", "bungsu", "sulung", "kembar", "pertama", "angkat"])
_ALONE = frozenset({"rt", "rw"})
_ARTICLES = frozenset({"si", "sang"})
_OF_A_REPORT = frozenset({"laku", "terjual", "jual", "catat", "catet", "lapor", "ctt", "payu"})
"""What calls the bot or begins a report behind a title: `bos laku 3`."""


def name_at(
    tokens: Sequence[Token], at: int, called: ProductNames, *, given: bool = False
) -> NamedBuyer | None:
    """Returns the buyer whose name, title or introduction begins here.

    Args:
        tokens: those of the line.
        at: the place.
        called: the names of the products.
        given: whether the words before say that a buyer comes: `yang beli`.
    """
    return _NameReader(tokens, at, called).read(Certainty.GIVEN if given else Certainty.LOOSE)


_PAYS = HANDED_OVER | OWED_STILL
"""Words of a payment, with which no name goes on."""


class _NameReader(ShopNames):
    """Reads introduction, relatives, titles and the name itself, in this order."""

    def read(self, least: Certainty = Certainty.LOOSE) -> NamedBuyer | None:
        """Returns the buyer, at least as sure as is said."""
        certainty = max(least, self._introduction())
        if certainty > Certainty.LOOSE and self._is_described_as_mine():
            self.at += 2
            self.at += self.word() in _ARTICLES  # "ke bestie gw si Vania"
        self.given = certainty > Certainty.LOOSE
        self.take_label()
        shop = self._places_and_kin()
        if shop and self.word() in OF_MINE and self.words[-1].lower() in KIN:
            self.words.clear()  # "anak saya Hj. Nur"
            self.at += 1
            shop = False
        titled = self._titles()
        proper = self._proper(has_title=titled or shop)
        named = proper or self._is_name_of_titles() or self.is_called_by_article()
        if not named:
            return None
        titled |= self.take_relative(titled=titled)
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
            word, kind = self.word(), self.kind()
            if kind is TokenKind.NAMED:
                certainty = Certainty.SAID
                self._skip({TokenKind.PAUSE, TokenKind.BREAK})
            elif word == "ka" and not (
                self.is_title(self.at + 1)
                or self.word(1) in SHOPS | KIN | PASSIVE
                or self.is_where_ka_means_to()
            ):
                return certainty  # "ka Nisa" is a sister
            elif word in TO or word in PASSIVE or self.is_short_to():
                given = Certainty.MEANT if word in _FOR else Certainty.GIVEN
                certainty = max(certainty, given)
            elif word not in _ARTICLES and not (
                certainty is not Certainty.LOOSE and word in {"my", "itu", "ini"}
            ):
                break
            else:
                self.by_article |= word in _ARTICLES
                certainty = max(certainty, Certainty.GIVEN)
            self.at += 1
        return certainty

    def _is_name_of_titles(self) -> bool:
        """Returns whether titles alone are a name: `Bu RT`, `Mama Tua`, `Kantin SMP`."""
        if len(self.titles) > 1 and self.titles[-1] != self.titles[-2]:
            if self.words[-2:] != self.titles[-2:]:
                self.words = [*self.words[:-1], *self.titles[-2:]]  # "toko bu ning"
            return True
        return len(self.words) > 1 or (bool(self.words) and self.words[-1].lower() in _ALONE)

    def _skip(self, kinds: set[TokenKind]) -> None:
        if self.kind(1) in kinds:
            self.at += 1

    def _places_and_kin(self) -> bool:
        """Take `warung`, `anak`, `kakak ipar`."""
        while len(self.words) < PLACES_MAX and (
            self.word() in SHOPS
            or self.word() in KIN
            or (self.word() in TITLES and self.word(1) == "ipar")
        ):
            self.words.append(self.tokens[self.at].as_typed)
            self.at += 1
        if self.words and self.word() in _WHICH_CHILD and self.word(1) in TITLES:
            self.words.append(self.tokens[self.at].as_typed)
            self.at += 1
        if self.given and self.is_some_person():
            self.words.append(self.tokens[self.at].as_typed)  # "pembelinya orang Martapura"
            self.at += 1
        if not self.words:
            self.take_place()
        elif self.is_kind_of_shop():
            self.words.append(self.tokens[self.at].as_typed)
            self.at += 1
        return bool(self.words)

    def _titles(self) -> bool:
        """Take the titles; of two that do not go together, the later one is the buyer's."""
        before = len(self.words)
        while self.is_title(self.at) and len(self.titles) < TITLES_MAX:
            if self.titles and self.is_a_verb():
                break
            if len(self.words) > before and self.word() not in SECOND_TITLES:
                del self.words[before:]
            self.titles.append(self.tokens[self.at].as_typed)
            self.words.append(self.titles[-1])
            self.at += 1
            if self.word() == "nya":
                self.words.append("nya")  # "mamah nya Dinda"
                self.at += 1
        return len(self.words) > before

    def _proper(self, *, has_title: bool) -> int:
        """Take the words of the name itself; returns how many there are."""
        count = 0
        if has_title and self.kind() is TokenKind.DAY and self._is_weekday():
            self.words.append(self.tokens[self.at].text)  # Pak Sabtu
            self.at += 1
            count = 1
        if self.words and self.words[-1].lower() in SHOPS and self.is_number_of_a_shop():
            self.words.append(self.tokens[self.at].text)  # "Toko 99"
            self.at += 1
            return 1
        shop = self.words_of_a_shop() or self.words_like_goods()
        while count < shop or (count < NAME_WORDS_MAX and self._is_of_a_name(first=not count)):
            self.words.append(self.tokens[self.at].as_typed)
            self.at += 1
            count += 1
        return count

    def _is_described_as_mine(self) -> bool:
        """Returns whether the name follows who she is to the seller: `ke murid saya Anisa`."""
        named = self.kind(2) is TokenKind.WORD and not is_said_of_no_one(self.word(2))
        described = self.word() in ABOUT_BUYERS - RELATING
        return described and self.word(1) in OF_MINE and named and self.word(2) not in TITLES

    def _is_of_a_name(self, *, first: bool) -> bool:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind is not TokenKind.WORD:
            return False
        word = token.as_typed.lower()
        if not first and self.is_a_trade(word):
            return True
        return not self._is_never_in_a_name(token, word, first=first) and self._may_be_named(
            token, word, first=first
        )

    def _may_be_named(self, token: Token, word: str, *, first: bool) -> bool:
        """Returns whether a word, which begins nothing else here, may be of a name."""
        if word in PEOPLE:
            spoken = word in FILLERS and self.kind(1) in _AMOUNTS  # "ibu kasih 45rb"
            alone = first and len(self.titles) == 1  # "bu nyai sari kurma" has been named
            return not spoken and (alone or not self._continues_goods())
        if word in ABOUT_BUYERS - RELATING and (first or self._is_described()):
            return bool(self.words) or self.given  # "Bu Kost", "ke tetangga sebelah"
        if self._is_capital(token) and (first or self.words[0].lower() in SHOPS):
            return not token.goods or not self._names_goods(first=first)  # "Yu Nah", "Kak Meli"
        if first and word in ALSO_NAMES and self._is_titled_alone():
            return True
        if first and is_everyday(word) and (not self.words or len(self.titles) > 1):
            return False
        if is_said_of_no_one(word) or word in _PAYS or quantity_at([word]):
            return False
        if token.goods:
            return not self._names_goods(first=first)
        relative = word in KIN and self.kind(1) is TokenKind.WORD
        return first or not (word in TITLES or (relative and self.word(1) not in BUYING))

    def _is_never_in_a_name(self, token: Token, word: str, *, first: bool) -> bool:
        """Returns whether a word begins a report, another name, or what is said of the buyer."""
        if first:
            return word in _OF_A_REPORT
        another = word in _ARTICLES and self._is_described() and not self.titles
        return another or self._is_behind(token)

    def _is_titled_alone(self) -> bool:
        """Returns whether a title comes before a word and no word behind it: `pakde min, 2`."""
        ends = self.kind(1) is not TokenKind.WORD or self.word(1) in BUYING
        return ends and bool(self.titles) and self.titles[-1].lower() not in CALLS

    def _is_behind(self, token: Token) -> bool:
        """Returns whether a word is no further name: `Bu Ani dapat ...`, `bu ani ngambil`."""
        typed = token.as_typed
        small = typed.islower() and not self.words[-1].islower()
        in_shop = self.words[0].lower() in SHOPS
        if typed.islower() and is_everyday(typed) and not in_shop:
            return True
        return small or _LIKE_A_VERB.match(token.as_typed) is not None

    def _is_described(self) -> bool:
        """Returns whether the name so far is a description: `tetangga sebelah`."""
        return self.words[0].lower() in ABOUT_BUYERS

    def _is_capital(self, token: Token) -> bool:
        """Returns whether a word begins with a capital letter where not all words do."""
        if not self.words or not token.as_typed.istitle():
            return False
        ends = self.kind(1) is not TokenKind.WORD or self.word(1) in BUYING
        return self.words[0].islower() or ends or self.words[0].lower() in SHOPS

    def _names_goods(self, *, first: bool) -> bool:
        """Returns whether a word of a product is one here: not in `2 sabun bu siti melati`."""
        token = self.tokens[self.at]
        if (
            first
            and token.typed
            and (self.titles or (self.given and len(token.typed) == len(token.text)))
        ):
            return False  # "Bu Mirah" is no slip for "merah", nor "si Ujang" for "urang"
        if self.kind(1) is TokenKind.NUMBER or self._continues_goods():
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
