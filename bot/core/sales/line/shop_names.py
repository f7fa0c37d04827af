"""Reads what belongs to a buyer's name beside its words: shops, stalls, trades and relatives."""

from bot.core.input.quantity import UNITS
from bot.core.sales.buyers import SHOPS, TITLES
from bot.core.sales.line.name_state import NameState, is_said_of_no_one
from bot.core.sales.line.scanning.tokens import TokenKind
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    BUYING,
    KIN,
    OF_MINE,
    RELATING,
    STALLS,
    TRADES,
    TRADES_BEHIND,
)

__all__ = ["HOUSES", "ShopNames"]

SHOP_WORDS_MAX = 4
HOUSES = frozenset({"makan", "sakit"})
"""Words behind "rumah" that make a place of it: Rumah Makan Sederhana."""
_OF_THE_SELLER = OF_MINE - {"kita", "kami"}
_DONE_WORDS = "su so sudah udah sdh udh telah wis wes tadi td baru barusan ada"
_BEFORE_A_VERB = frozenset(_DONE_WORDS.split())
_POSSESSIVES = frozenset({"pu", "pung", "pe"})
_SPOUSES = frozenset({"maitua", "paitua"})
_WHICH_ONE = frozenset(["little", "older", "elder", "younger", "big", "best", "old", "new"])
_ENGLISH_KIN_WORDS = (
    "mum mom mother dad father sister brother wife husband son daughter cousin aunt auntie uncle"
    " friend neighbour neighbor grandma grandmother grandpa boss maid driver mate boyfriend"
    " girlfriend nanny teacher shop salon stall restaurant cafe villa hotel family office class"
)
_ENGLISH_KIN = frozenset(_ENGLISH_KIN_WORDS.split())


class ShopNames(NameState):
    """What may stand before or behind the words of a name, and is part of it."""

    def take_label(self) -> None:
        """Take the word of a form before a name: `Toko: Sumber Rejeki`."""
        behind = self.tokens[self.at + 2 : self.at + 3]
        labels = self.word() in SHOPS and self.kind(1) is TokenKind.PAUSE
        if not labels or self.tokens[self.at + 1].text != ":":
            return
        if any(each.text.istitle() for each in behind):
            self.words.append(self.tokens[self.at].as_typed)
            self.at += 2

    def take_place(self) -> None:
        """Take a place of two words, or what a stall sells: `Rumah Makan`, `Bakso Pak Min`."""
        if self.word() == "rumah" and self.word(1) in HOUSES:
            taken = 2
        elif self.word() in STALLS and self.word(1) in TITLES:
            taken = 1
        else:
            return
        self.words += [each.as_typed for each in self.tokens[self.at : self.at + taken]]
        self.at += taken

    def take_relative(self, *, titled: bool) -> bool:
        """Take whose relative it is: `Kak Yance pu mama`, in the east, or `Kadek's mum`."""
        taken = 0
        if titled and self.word() in _POSSESSIVES and self.word(1) in KIN | TITLES | _SPOUSES:
            taken = 2
        elif self.words[-1].lower().endswith("'s"):
            taken = 1 + (self.word() in _WHICH_ONE)
            taken = taken if self.word(taken - 1) in _ENGLISH_KIN else 0
        self.words += [each.as_typed for each in self.tokens[self.at : self.at + taken]]
        self.at += taken
        return taken > 0

    def is_kind_of_shop(self) -> bool:
        """Returns whether a word before an owner's title says what a shop sells: `warung coto`."""
        shop = self.words[-1].lower() in SHOPS
        word = self.word()
        if not shop or self.word(1) not in TITLES or self.kind(2) is not TokenKind.WORD:
            return False
        goods = self.tokens[self.at].goods and not (word == "kopi" and self.words[-1].islower())
        return bool(word) and not goods and word not in TITLES and not is_said_of_no_one(word)

    def is_a_trade(self, word: str) -> bool:
        """Returns whether a word behind a name is a trade that belongs to it: `Bu Yati pijat`."""
        driver = word in ABOUT_BUYERS - RELATING and self.words[-1].lower() in TRADES
        return driver or (bool(self.titles) and word in TRADES_BEHIND)

    def is_number_of_a_shop(self) -> bool:
        """Returns whether a number counts nothing, since neither word nor amount follows."""
        counts = {TokenKind.WORD, TokenKind.NUMBER, TokenKind.MONEY, TokenKind.EACH}
        done = 1 + (self.word(1) in _BEFORE_A_VERB)
        ends = self.kind(1) not in counts or self.word(done) in BUYING
        return self.kind() is TokenKind.NUMBER and ends

    def words_of_a_shop(self) -> int:
        """Returns how many words of a shop's name come before a verb: `Cafe Kopi Kita ambil 2`."""
        if not self.words or self.words[-1].lower() not in SHOPS:
            return 0
        if self._is_called_by_goods():
            return 2
        for count in range(1, SHOP_WORDS_MAX + 1):
            word = self.word(count - 1)
            if not self._is_word_of_a_shop(count - 1) or word in BUYING | _OF_THE_SELLER:
                return 0
            if self.word(count) in BUYING:
                return count - (word in _BEFORE_A_VERB)
        return 0

    def _is_word_of_a_shop(self, ahead: int) -> bool:
        """Returns whether a word may be in a shop's name, as both of `Warung Tiga Saudara`."""
        if self.kind(ahead) is TokenKind.NUMBER:
            text, behind = self.tokens[self.at + ahead].text, self.word(ahead + 1)
            named = bool(behind) and behind not in UNITS | BUYING | _BEFORE_A_VERB
            return text.isalpha() and (text.istitle() or (named and not ahead))
        return self.kind(ahead) is TokenKind.WORD

    def words_like_goods(self) -> int:
        """Returns how many words of a name before a verb are capital and like goods: `Mas Kopi`.

        It is 0 where no title stands before them, or no verb of buying behind.
        """
        if not self.titles:
            return 0
        goods = False
        for count in range(1, SHOP_WORDS_MAX):
            token = self.tokens[self.at + count - 1] if self.word(count - 1) else None
            if token is None or not token.as_typed.istitle():
                return 0
            goods |= token.goods
            if self.word(count) in BUYING:
                return count if goods else 0
        return 0

    def _is_called_by_goods(self) -> bool:
        """Returns whether a shop's name has goods in it: `ke Kede Kopi Mora`."""
        two = self.tokens[self.at : self.at + 2]
        if len(two) < 2 or any(token.kind is not TokenKind.WORD for token in two):  # noqa: PLR2004
            return False
        first, second = two
        capitals = all(
            word.istitle() for word in (self.words[-1], *(each.as_typed for each in two))
        )
        plain = not (second.goods or is_said_of_no_one(second.word) or second.word in TITLES)
        return capitals and first.goods and plain
