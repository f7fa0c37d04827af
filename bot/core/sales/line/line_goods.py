"""Collects the goods of a line about a sale: their words, their quantities, and corrections."""

from dataclasses import replace

from bot.core.input.quantity import quantity_at
from bot.core.sales.buyers import TITLES, TO
from bot.core.sales.line.line_state import PHRASE_WORDS_MAX, STOPS, LineState
from bot.core.sales.line.scanning.tokens import TokenKind
from bot.core.sales.line.words.vocabulary import ABOUT_BUYERS, FILLERS
from bot.core.sales.line.written import WrittenItem

__all__ = ["FOR_GOODS", "LineGoods"]

FOR_GOODS = TO | {"dari", "dr", "from"}
"""Words between an amount for all and the goods with their number."""

PRICE_BEFORE_MIN = 20
NEIGHBOURS_MAX = 2
LINK_BACK_MAX = 4
PIECES_MAX = 144
_CONTENTS = frozenset(["isi", "isinya", "isine", "containing"])
_ONE_CRATE = frozenset(["sedus", "sedos", "sekardus", "sekarton", "sekrat", "per dus", "/dus"])
_CRATES = frozenset(["dus", "dos", "kardus", "karton", "krat", "sedus", "sekardus", "sekarton"])


class LineGoods(LineState):
    """What is sold, item by item."""

    def begin_item(self, text: str) -> None:
        """Begin the next item with a word of a product, or take it in the place of the last."""
        if self.revising and self.last.goods:
            self._rename()
        elif self._is_before_the_name():
            self.item = replace(self.item, query="")
        elif self.item.query:
            self.finish()
        self.revising = False
        self.add_word(text, goods=True)

    def begin_line(self) -> None:
        """Begin a line of a list; a number above it counts no goods that have one of their own."""
        self.apart = True
        waits = self.item.is_counted and not self.item.query and not self.item.is_priced
        end = self.at + 1
        while end < len(self.tokens) and self.tokens[end].kind is not TokenKind.LINE:
            end += 1
        counted = self.tokens[end - 1].kind is TokenKind.NUMBER and self.is_goods(1)
        if waits and counted:
            self.item = WrittenItem()

    def _is_before_the_name(self) -> bool:
        """Returns whether unknown words stand between a number and its goods: `2 wadah madu`."""
        unknown = bool(self.item.query) and not self.item.goods
        return unknown and self.item.counted_first and self.word_end == self.at

    def add_word(self, text: str, *, goods: bool) -> None:
        """Add a word to the item; one that is not of goods makes the product uncertain."""
        if not self.item.query and self.broken:
            self.item = replace(self.item, listed=True)
        known = (*self.item.goods, text.lower()) if goods else self.item.goods
        query = f"{self.item.query} {text}".strip()
        self.item = replace(self.item, query=query, goods=known)
        self.at += 1
        self.word_end = self.at
        self.apart = False
        self._drop_marker()

    def finish(self) -> None:
        """End the item."""
        if self.item != WrittenItem():
            self.items.append(self.item)
        self.item = WrittenItem()
        self._drop_marker()

    def _drop_marker(self) -> None:
        """Forget a word before an amount that did not come; a discount may be named later."""
        if self.marker is not TokenKind.DISCOUNT:
            self.marker = None

    def _rename(self) -> None:
        """Empty the words of the last item for other goods: `teh kelor 2, eh teh hijau`."""
        counted = None if self.item.query else self.item.quantity
        if self.items and not self.item.query:
            self.item = self.items.pop()
        quantity = self.item.quantity if counted is None else counted
        self.item = replace(
            self.item, query="", goods=(), quantity=quantity, counted_first=True, bare=None
        )

    def take_quantity(self) -> bool:
        """Take a quantity with its unit; returns whether there is one."""
        found = quantity_at(self._phrase())
        if found is None:
            return False
        number, taken = found
        if number == 1 and self.last.quantity not in {None, 1} and self._prices_each(taken):
            return True
        text = self.tokens[self.at].text
        self.at += taken
        self.count(number, text)
        return True

    def _phrase(self) -> list[str]:
        return [
            token.text.lower() if token.number is None else str(token.number)
            for token in self.tokens[self.at : self.at + PHRASE_WORDS_MAX]
            if token.kind in {TokenKind.NUMBER, TokenKind.WORD}
        ]

    def _prices_each(self, taken: int) -> bool:
        """Take `sebotol` beside an amount: so much is the price of each."""
        if self.is_goods(taken):
            return False
        if self.amount_end == self.at:  # "98 ribu sebotol"
            self.last = self.last.marked(TokenKind.EACH)
        elif self.kind(taken) is TokenKind.MONEY or self.is_short_amount(taken):
            # "sebotol 98 ribu", "sebotol 98"
            self.marker = TokenKind.EACH
        else:
            return False
        self.at += taken
        return True

    def takes_contents(self, word: str) -> bool:
        """Take how many pieces a crate has: `1 dus sabun isi 12`."""
        pieces = self.tokens[self.at + 1].number if self.kind(1) is TokenKind.NUMBER else None
        crates = self.last.quantity
        if word not in _CONTENTS or not pieces or not isinstance(crates, int):
            return False
        before = self.tokens[: self.at]
        if not any(each.text.lower() in _CRATES for each in before) or pieces > PIECES_MAX:
            return False
        self.in_one_crate = crates == 1
        self.last = replace(self.last, quantity=crates * pieces)
        self.at += 2
        return True

    def is_whole_pack(self, at: int) -> bool:
        """Returns whether one pack is all that there is: `sepasang minyak, 230rb sepasang`."""
        pack = self.tokens[at].text.lower()
        pieces = quantity_at([pack])
        whole = pieces is not None and pieces[0] > 1 and pieces[0] == self.last.quantity
        return whole or (self.in_one_crate and pack in _ONE_CRATE)

    def count(self, quantity: int | str, text: str) -> None:
        """Give a quantity, whose tokens are taken, to the item that it counts."""
        alone = not self._goods_follow()
        if isinstance(quantity, int) and self._is_for_each(quantity):
            self.spread, self.marker = quantity, None  # "masing-masing 1"
        elif isinstance(quantity, int) and self._is_said_anew():
            self.last, self.marker = replace(self.last, quantity=quantity), None  # "jadi 4"
        elif self.revising and self.last.is_counted and not self.is_goods(0):
            self.last = replace(self.last, quantity=quantity)
            self.revising = False
        elif not self.item.query and alone and self.items and not self.items[-1].is_counted:
            self.items[-1] = replace(self.items[-1], quantity=quantity)
        else:
            self._count_item(quantity, text)

    def _is_said_anew(self) -> bool:
        """Returns whether `jadi 4` tells how many of the one item there are in the end."""
        counted = self.marker is TokenKind.TOTAL and self.last.is_counted
        return counted and not self.several and not self.is_goods(0) and not self.is_amount_at(0)

    def _is_for_each(self, quantity: int) -> bool:
        """Returns whether so many of each are meant: `a, b, masing2 1`, `masing2 dua: a, b`."""
        if self.marker is not TokenKind.EACH:
            return False
        first = not self.items and not self.item.query and not self.item.is_counted
        listed = first and quantity < PRICE_BEFORE_MIN and self.kind(0) in STOPS
        return self.several or listed

    def _count_item(self, quantity: int | str, text: str) -> None:
        if self.item.query and self._was_the_price(quantity):
            price = str(self.item.quantity)
            self.item = replace(
                self.item, quantity=quantity, counted_first=False, bare=price, priced_first=True
            )
            return
        if self.item.query and self.item.is_counted:
            self.finish()
        if self.item.is_counted:
            self._count_anew(quantity, text)
            return
        self.counted_at = self.at
        beside = not self.item.query and self.word_end == self.at - 1
        self.item = replace(
            self.item, quantity=quantity, counted_first=not self.item.query, beside=beside
        )

    def _count_anew(self, quantity: int | str, text: str) -> None:
        """Take the second of two numbers before goods: the first was a price, or of no goods."""
        between = self.tokens[max(0, self.counted_at) : self.at]
        near = len(between) <= NEIGHBOURS_MAX and all(each.kind not in STOPS for each in between)
        if self._was_the_price(quantity):
            price = str(self.item.quantity)
            kind = TokenKind.TOTAL if self._is_linked_back() else None
            if any(each.kind is TokenKind.EACH for each in between):
                kind = TokenKind.EACH  # "60x3 sabun"
            self.item = replace(WrittenItem(), quantity=quantity, counted_first=True)
            self.item = self.item.priced(price, kind)
        elif near and not self.revising:
            self.item = replace(self.item, quantity=f"{self.item.quantity} {text}")
        else:
            self.item = replace(self.item, quantity=quantity)
            self.revising = False  # "2 eh 3 sabun"
        self.counted_at = self.at

    def _was_the_price(self, quantity: int | str) -> bool:
        """Returns whether the number before was the price: `33 wedang jahe sebungkus`."""
        before = self.item.quantity
        if not (isinstance(before, int) and isinstance(quantity, int)):
            return False
        counted = self.item.counted_first and not self.item.is_priced
        alone = not self.item.query or not self._goods_follow()
        return counted and alone and before >= PRICE_BEFORE_MIN and quantity < before

    def _is_linked_back(self) -> bool:
        """Returns whether "untuk" or "dari" stands before the number that was just taken."""
        words = {self.word(-1 - back) for back in range(1, LINK_BACK_MAX)}
        return bool(words & FOR_GOODS)

    def _goods_follow(self) -> bool:
        """Returns whether what was just counted is named behind its number."""
        word = self.word(0)
        known = word in FILLERS or word in TITLES or word in ABOUT_BUYERS
        waits = self.last.goods and not self.last.is_counted and self.kind(1) in {*STOPS, None}
        return self.is_goods(0) or (bool(word) and not known and not waits)
