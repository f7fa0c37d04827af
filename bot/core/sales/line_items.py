"""Groups the tokens of a line about a sale into products, customers and days."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.input.quantity import UNITS, quantity_at
from bot.core.sales.buyers import (
    TITLES,
    is_filler,
    name_at,
    shown_name,
)
from bot.core.sales.line_state import BEHIND, ONE, LineState
from bot.core.sales.products import (
    ProductNames,
)
from bot.core.sales.tokens import Token, TokenKind
from bot.core.sales.written import Written, WrittenItem

__all__ = ["read_tokens"]

PHRASE_WORDS_MAX = 6


def read_tokens(tokens: Sequence[Token], called: ProductNames) -> Written:
    """Returns the parts of the line, product by product."""
    return _Reader(tokens, called).read()


class _Reader(LineState):
    """Reads the tokens in one pass."""

    def read(self) -> Written:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            before = self.at
            self._take(token)
            self.broken = token.kind in {TokenKind.LINE, TokenKind.BREAK} or (
                self.broken and token.kind is TokenKind.TOTAL
            )
            assert self.at > before, "every token is consumed"
        if self.item != WrittenItem() and not self.item.query:
            self.item = self.item.as_words()
        self._finish()
        return Written(
            tuple(self.items),
            tuple(self.customers),
            tuple(self.days),
            self.own_use,
            self.total,
            tuple(self.payments),
            self.deposit,
            self.discount,
        )

    def _take(self, token: Token) -> None:
        match token.kind:
            case TokenKind.MONEY:
                self._take_money(token.text)
            case TokenKind.NUMBER:
                self._take_number(token.text)
            case TokenKind.WORD:
                self._take_word(self.without_ending(token.text))
            case TokenKind.PHONE | TokenKind.PLACE:
                self._take_address(token.text)
            case TokenKind.EACH if token.text == BEHIND:
                self._price_each()
            case TokenKind.LINE | TokenKind.BREAK if not self.item.query:
                self.at += 1
            case TokenKind.LINE | TokenKind.BREAK:
                self._finish()
                self.at += 1
            case _:
                self._take_note(token)

    def _take_note(self, token: Token) -> None:
        """Take what is about the whole line: day, payment, or a word before an amount."""
        self.at += 1
        match token.kind:
            case TokenKind.DAY:
                self.days.append(token.text)
            case TokenKind.PAID:
                self.payments.append(token.text)
            case TokenKind.PERCENT:
                self.discount, self.marker = token.text, None
            case TokenKind.OWN:
                self.own_use = True
            case _:
                self.marker = token.kind

    def _price_each(self) -> None:
        """Read the amount before as the price of a piece: `60.000 x 4`."""
        last = self.item if self.item.is_priced or not self.items else self.items[-1]
        if last.bare is not None:
            each = replace(last, bare=None, each=last.bare)
            if last is self.item:
                self.item = each
            else:
                self.items[-1] = each
        self.at += 1

    def _take_address(self, text: str) -> None:
        """Add a phone number or an address to the customer, before or behind whose name it is."""
        before = self.tokens[self.at - 1].text if self.at else ""
        if before.lower() in TITLES:
            self.customers.append(shown_name(f"{before} {text}"))  # Pak RW 05
        elif self.customers:
            self.customers[-1] = shown_name(f"{self.customers[-1]} {text}")
        self.at += 1

    # Numbers and amounts

    def _take_number(self, text: str) -> None:
        if self.marker is None and self.continues(text):
            self._add_word(text)
        elif self.at == self.name_end and self.belongs_to_name(text):
            self._take_address(text)
        elif self.is_said_again(text):
            self.at += 1
        elif self.is_amount(text):
            self._take_money(text)
        elif not self._take_quantity():
            self._count(text, text)
            self.at += 1

    def _take_quantity(self) -> bool:
        phrase = [
            token.text.lower()
            for token in self.tokens[self.at : self.at + PHRASE_WORDS_MAX]
            if token.kind in {TokenKind.NUMBER, TokenKind.WORD}
        ]
        found = quantity_at(phrase)
        if found is None:
            return False
        self._count(found[0], phrase[0])
        self.at += found[1]
        return True

    def _count(self, quantity: int | str, text: str) -> None:
        if self.item.query and self.item.quantity is not None:
            self._finish()
        if self.item.quantity is not None:
            quantity = f"{self.item.quantity} {text}"  # "2 3 sabun" has no single quantity
        first = not self.item.query
        self.item = replace(self.item, quantity=quantity, counted_first=first)

    def _take_money(self, text: str) -> None:
        marker = self.marker
        self.marker = None
        self.at += 1
        if marker is TokenKind.DISCOUNT:
            self.discount = text
            return
        if marker is TokenKind.DEPOSIT:
            self.deposit = text
            return
        if marker is None and self.is_marker_behind():
            marker = self.tokens[self.at].kind
            self.at += 1
        if marker is TokenKind.TOTAL and self.is_for_all():
            self.total = text
            return
        if self.item == WrittenItem() and self.items:
            self.items[-1] = self.items[-1].priced(text, marker)
        else:
            self.item = self.item.priced(text, marker)

    # Words

    def _take_word(self, text: str) -> None:
        word = text.lower()
        if self.continues(text):
            self._add_word(text)
        elif word in ONE and self.is_for_each():
            self._price_each()
        elif self.is_before_goods(word) or (word == "pak" and self.is_pack()):
            self.at += 1
        elif self.is_a_name(word):
            self._take_name()
        elif self.begins_a_product():
            self._begin_item(text)
        elif is_filler(word) or word in UNITS:
            self.at += 1
        elif not self._take_quantity():
            self._begin_item(text)

    def _begin_item(self, text: str) -> None:
        """Add a word to the product or begin the next; a word about no product is left out."""
        if self.is_chatter(text.lower()):
            self.at += 1
            return
        if self.item.is_complete:
            self._finish()
        self._add_word(text)

    def _add_word(self, text: str) -> None:
        if not self.item.query and self.broken:
            self.item = replace(self.item, listed=True)
        self.item = replace(self.item, query=f"{self.item.query} {text}".strip())
        self.at += 1

    def _take_name(self) -> None:
        name, self.at = name_at(self.tokens, self.at, self.called, self.counted)
        self.customers.append(name)
        self.name_end = self.at

    def _finish(self) -> None:
        if self.item != WrittenItem():
            self.items.append(self.item)
        self.item = WrittenItem()
        self.marker = None
