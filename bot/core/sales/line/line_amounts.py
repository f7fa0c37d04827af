"""Reads the numbers and amounts of a line about a sale: what each of them is the price of."""

from dataclasses import replace

from bot.core.input.quantity import UNITS
from bot.core.sales.line.line_buyers import LineBuyers
from bot.core.sales.line.line_goods import FOR_GOODS
from bot.core.sales.line.line_state import PARTICLES
from bot.core.sales.line.tokens import Token, TokenKind
from bot.core.sales.line.words.vocabulary import COUNTED_OTHERS, FIRST, MORE
from bot.core.sales.line.written import WrittenItem

__all__ = ["LineAmounts"]

_ONE_OF_A_UNIT = frozenset(f"{one}{unit}" for one in ("se", "sa") for unit in UNITS)


class LineAmounts(LineBuyers):
    """How many, and for how much."""

    def take_number(self, token: Token) -> None:
        """Take a number: of a name, of an address, an amount or a quantity."""
        text = token.text if token.number is None else str(token.number)
        if self._is_of_others():
            self.at += 2
        elif self.marker is None and self.continues(text):
            self.add_word(text, goods=True)
        elif self.at == self.name_end and self.belongs_to_name(token):
            self.take_address(token.text)
        elif self.is_said_again(token):
            self.at += 1
        elif self.is_one_each(token):
            self._take_one_each()
        elif self.is_amount(token):
            self.take_money(text)
        elif not self.take_quantity():
            self.at += 1
            self.count(text, text)

    def _is_of_others(self) -> bool:
        """Returns whether persons or times are counted: `satu orang pembeli`, `tiga kali`."""
        others = self.word(1) in COUNTED_OTHERS and not self.is_goods(2)
        others |= self.word(1) in MORE and not (
            self.items or self.buyers
        )  # "satu lagi: Bu Nur ..."
        return others and self.marker is None and not self.item.query

    def _take_one_each(self) -> None:
        if self.amount_end == self.at:
            self.last = self.last.marked(TokenKind.EACH)
        else:
            self.marker = TokenKind.EACH
        self.at += 1

    def take_money(self, text: str) -> None:
        """Take an amount with what stands before it or behind it and says what it is."""
        marker, self.marker = self.marker, None
        self.at += 1
        self.amount_end = self.at
        behind = self._marker_behind() if marker in {None, TokenKind.TOTAL} else None
        if marker is None or behind is TokenKind.EACH:
            marker = behind  # "jadi 50rb sebotol" is for each
        if marker is TokenKind.DISCOUNT:
            self.discount = text
        elif marker is TokenKind.DEPOSIT:
            self.deposit = text
        else:
            self._put_amount(text, marker)

    def _marker_behind(self) -> TokenKind | None:
        """Take the words behind an amount that say what it is: `50rb/pcs`, `50rb dulu`."""
        if not self.item.query and self._is_for_what_follows():
            return TokenKind.TOTAL
        aside = 1 if self.word(0) in PARTICLES else 0
        if self.kind(aside) is TokenKind.DISCOUNT and not self._is_discount_at(aside + 1):
            self.at += aside + 1
            return TokenKind.DISCOUNT
        if self.word(0) in FIRST or self._is_deposit_behind():
            self.at += 1
            return TokenKind.DEPOSIT
        if (behind := self.place_of_mark(0)) is not None:
            total = self.kind(behind) is TokenKind.TOTAL
            self.one_each |= self.tokens[self.at + behind].text.lower() in _ONE_OF_A_UNIT
            self.at += behind + 1
            return TokenKind.TOTAL if total else TokenKind.EACH
        if self.is_for_the_count():
            self.at += 2
            return TokenKind.TOTAL
        return None

    def _is_discount_at(self, at: int) -> bool:
        """Returns whether what was taken off follows: `45rb diskon 10%`."""
        return self.is_amount_at(at) or self.kind(at) in {TokenKind.PERCENT, TokenKind.OFF}

    def _is_deposit_behind(self) -> bool:
        """Returns whether `uang muka` follows its amount: `50 ribu uang muka`."""
        return self.kind(0) is TokenKind.DEPOSIT and not self.is_amount_at(1)

    def _is_for_what_follows(self) -> bool:
        """Returns whether goods with their number follow an amount: `1jt2 dari 10 madu`."""
        at = 1 if self.word(0) in {"itu", "tadi", "ini", "td"} else 0
        linked = self.word(at) in FOR_GOODS
        at += 2 if self.word(at + 1) == "the" else 1
        if not linked or self.kind(at) is not TokenKind.NUMBER:
            return False
        return self.is_goods(at + 2 if self.word(at + 1) in UNITS else at + 1)

    def _put_amount(self, text: str, marker: TokenKind | None) -> None:
        """Give the amount to its item, or to all of them together."""
        if self.revising and self.last.is_priced:
            self.revising = False
            one = replace(self.last, bare=None, each=None, total=None)
            self.last = one.priced(text, marker or _kind_of_price(self.last))
        elif (marker is TokenKind.TOTAL and self.is_for_all()) or (
            marker is None and self._is_for_the_whole()
        ):
            self.total = text
        elif self.item.query or self.item.is_counted or not self.items:
            self.item = self.item.priced(text, marker)
        else:
            self.items[-1] = self.items[-1].priced(text, marker)

    def _is_for_the_whole(self) -> bool:
        """Returns whether an amount without a word is for all: it stands apart, behind several."""
        if not self.item.query and self.item.is_counted:
            return False
        named = [*self.items, self.item]
        return self.several and self.apart and not any(item.is_priced for item in named)


def _kind_of_price(item: WrittenItem) -> TokenKind | None:
    if item.each is not None:
        return TokenKind.EACH
    return TokenKind.TOTAL if item.total is not None else None
