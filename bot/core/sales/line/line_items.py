"""Groups the tokens of a line about a sale into products, buyers, days and amounts."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.input.quantity import UNITS, quantity_at
from bot.core.sales.buyers import TITLES, shown_name
from bot.core.sales.line.line_state import AT, BEHIND, PHRASE_WORDS_MAX, LineState, Run
from bot.core.sales.line.names import Buyer, Certainty, best_names, is_said_of_no_one, name_at
from bot.core.sales.line.runs import name_among
from bot.core.sales.line.tokens import Token, TokenKind
from bot.core.sales.line.vocabulary import ABOUT_BUYERS, ARTICLES, BUYING, FILLERS, FIRST, KIN, PASSIVE, RELATING, REVISING, TO
from bot.core.sales.line.wording import worded
from bot.core.sales.line.written import Written, WrittenItem
from bot.core.sales.products import ProductNames

__all__ = ["read_tokens"]

_NOT = frozenset("bukan bkn dudu not sanes sanès lain".split())
_BUT = frozenset("tapi tp melainkan but".split())
_MORE = frozenset({"lagi", "lg"})
_STOPS = frozenset({TokenKind.BREAK, TokenKind.LINE, TokenKind.PAUSE, TokenKind.AND})
_ASIDE = frozenset({TokenKind.DAY, TokenKind.PAID, TokenKind.OWN, TokenKind.DEPOSIT})


def read_tokens(tokens: Sequence[Token], called: ProductNames) -> Written:
    """Returns the parts of the line, product by product."""
    return _Reader(worded(tokens, called), called).read()


class _Reader(LineState):
    """Reads the tokens in one pass."""

    def read(self) -> Written:
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            before = self.at
            self._take(token)
            self.broken = token.kind in _STOPS - {TokenKind.PAUSE} or (
                self.broken and token.kind is TokenKind.TOTAL
            )
            assert self.at > before, "every token is consumed"
        self._end_run()
        if self.item != WrittenItem() and not self.item.query:
            self.item = self.item.as_words()
        self._finish()
        return self._written()

    def _written(self) -> Written:
        if self.spread is not None:
            self.items = [
                item if item.is_counted else replace(item, quantity=self.spread)
                for item in self.items
            ]
        if self.own_use:
            self.buyers = [one for one in self.buyers if one.certainty >= Certainty.TITLED]
        elif self.items and self.items[0].is_early and self.several:
            self.total = self.total or self.items[0].total
            self.items[0] = replace(self.items[0], total=None)
        customers = best_names(self.buyers)
        if not customers and not self.own_use:
            found = name_among(self.runs)
            customers = (found,) if found else ()
        return Written(
            tuple(self.items),
            customers,
            tuple(self.days),
            self.own_use,
            self.total,
            tuple(self.payments),
            self.deposit,
            self.discount,
        )

    def _take(self, token: Token) -> None:
        if token.kind is not TokenKind.WORD:
            self._end_run()
        match token.kind:
            case TokenKind.MONEY:
                self._take_money(token.text)
            case TokenKind.NUMBER:
                self._take_number(token)
            case TokenKind.WORD:
                self._take_word(token)
            case TokenKind.NAMED:
                self._take_name(name_at(self.tokens, self.at, self.called))
            case TokenKind.PHONE | TokenKind.PLACE:
                self._take_address(token.text)
            case TokenKind.LINE | TokenKind.BREAK | TokenKind.AND | TokenKind.PAUSE:
                self._take_stop(token.kind)
            case _:
                self._take_note(token)

    def _take_stop(self, kind: TokenKind) -> None:
        self.describing = False
        if kind is not TokenKind.PAUSE and self.item.query:
            self._finish()
        if kind is TokenKind.AND:
            self.revising = False
        if kind is TokenKind.LINE:
            self.apart = True
        self.at += 1

    def _take_note(self, token: Token) -> None:
        """Take what is about the whole line: day, payment, or a word before an amount."""
        self.at += 1
        self.describing = False
        self.apart = self.apart or token.kind in _ASIDE
        match token.kind:
            case TokenKind.DAY:
                self.days.append(token.text)
            case TokenKind.PAID:
                self.payments.append(token.text)
            case TokenKind.PERCENT:
                self.discount, self.marker = token.text, None
            case TokenKind.OWN:
                self.own_use = True
            case TokenKind.SPREAD:
                self.spread = 1
            case TokenKind.EACH if token.text == BEHIND:
                self.last = self.last.marked(TokenKind.EACH)
            case TokenKind.EACH if self._counts_each(token):
                self.spread, self.item = self._whole(self.item), WrittenItem()  # "1 each of"
            case _:
                self.marker = token.kind

    def _counts_each(self, token: Token) -> bool:
        """Returns whether "each" follows a number and not an amount: `1 each of ...`."""
        counted = self.item.is_counted and not self.item.query and not self.item.is_priced
        return counted and token.text != "@"

    @staticmethod
    def _whole(item: WrittenItem) -> int | None:
        return item.quantity if isinstance(item.quantity, int) else None

    # Numbers and amounts

    def _take_number(self, token: Token) -> None:
        text = token.text if token.number is None else str(token.number)
        if self.marker is None and self.continues(text):
            self._add_word(text, goods=True)
        elif self.at == self.name_end and self.belongs_to_name(token):
            self._take_address(token.text)
        elif self.is_said_again(token):
            self.at += 1
        elif self.is_one_each(token):
            self._take_one_each()
        elif self.is_amount(token):
            self._take_money(text)
        elif not self._take_quantity():
            self._count(text, text)
            self.at += 1

    def _take_one_each(self) -> None:
        if self.amount_end == self.at:
            self.last = self.last.marked(TokenKind.EACH)
        else:
            self.marker = TokenKind.EACH
        self.at += 1

    def _take_quantity(self) -> bool:
        phrase = [
            token.word if token.number is None and token.word else token.text.lower()
            if token.number is None else str(token.number)
            for token in self.tokens[self.at : self.at + PHRASE_WORDS_MAX]
            if token.kind in {TokenKind.NUMBER, TokenKind.WORD}
        ]
        found = quantity_at(phrase)
        if found is None:
            return False
        if found[0] == 1 and self.last.quantity not in {None, 1}:
            if self.amount_end == self.at:  # "98 ribu sebotol"
                self.last = self.last.marked(TokenKind.EACH)
                self.at += found[1]
                return True
            if self.kind(found[1]) is TokenKind.MONEY:  # "sebotol 98 ribu"
                self.marker = TokenKind.EACH
                self.at += found[1]
                return True
        self.at += found[1]
        self._count(found[0], phrase[0])
        return True

    def _count(self, quantity: int | str, text: str) -> None:
        if self.marker is TokenKind.EACH and self.several and isinstance(quantity, int):
            self.spread, self.marker = quantity, None
            return
        alone = not self._goods_follow()
        if self.revising and self.last.is_counted and alone:
            self.last = replace(self.last, quantity=quantity)
            self.revising = False
            return
        if not self.item.query and alone and self.items and not self.items[-1].is_counted:
            self.items[-1] = replace(self.items[-1], quantity=quantity)
            return
        if self.item.query and self.item.quantity is not None:
            self._finish()
        if self.item.quantity is not None:
            quantity = f"{self.item.quantity} {text}"  # "2 3 sabun" has no single quantity
        first = not self.item.query
        self.item = replace(self.item, quantity=quantity, counted_first=first)

    def _goods_follow(self) -> bool:
        """Returns whether what was just counted is named behind its number."""
        word = self.word(0)
        known = word in FILLERS or word in TITLES or word in ABOUT_BUYERS
        return self.is_goods(0) or (bool(word) and not known)

    def _take_money(self, text: str) -> None:
        marker = self.marker
        self.marker = None
        self.at += 1
        self.amount_end = self.at
        if marker is TokenKind.DISCOUNT:
            self.discount = text
            return
        if marker is TokenKind.DEPOSIT:
            self.deposit = text
            return
        if marker is None and not self.item.query and self._is_for_what_follows():
            marker = TokenKind.TOTAL
        if marker is None and self.kind(0) is TokenKind.DISCOUNT and not self.is_amount_at(1):
            self.discount = text
            self.at += 1
            return
        if marker is None and self.word(0) in FIRST:
            self.deposit = text
            self.at += 1
            return
        if marker is None and (behind := self.place_of_mark(0)) is not None:
            kind = self.kind(behind)
            marker = TokenKind.TOTAL if kind is TokenKind.TOTAL else TokenKind.EACH
            self.at += behind + 1
        elif marker is None and self.is_for_the_count():
            marker = TokenKind.TOTAL
            self.at += 2
        self._put_amount(text, marker)

    def _is_for_what_follows(self) -> bool:
        """Returns whether goods with their number follow an amount: `1jt2 dari 10 madu`."""
        linked = self.word(0) in TO or self.word(0) in {"dari", "dr", "utk", "from"}
        return linked and self.kind(1) is TokenKind.NUMBER and self.is_goods(2)

    def _put_amount(self, text: str, marker: TokenKind | None) -> None:
        """Give the amount to its item, or to all of them together."""
        several = self.several and self.item.quantity is None or bool(self.item.query)
        if self.revising and self.last.is_priced:
            self.revising = False
            one = replace(self.last, bare=None, each=None, total=None)
            self.last = one.priced(text, marker or self._kind_of_price(self.last))
        elif marker is TokenKind.TOTAL and self.is_for_all():
            self.total = text
        elif marker is None and several and self._is_for_the_whole():
            self.total = text
        elif self.item.query or self.item.is_counted or not self.items:
            self.item = self.item.priced(text, marker)
        else:
            self.items[-1] = self.items[-1].priced(text, marker)

    @staticmethod
    def _kind_of_price(item: WrittenItem) -> TokenKind | None:
        if item.each is not None:
            return TokenKind.EACH
        return TokenKind.TOTAL if item.total is not None else None

    def _is_for_the_whole(self) -> bool:
        """Returns whether an amount without a word is for all: it stands apart, behind several."""
        named = [*self.items, self.item] if self.item.query else self.items
        return self.several and self.apart and not any(item.is_priced for item in named)

    # Words

    def _take_word(self, token: Token) -> None:
        word = token.word
        if self._is_verb(token):
            self._take_verb(word)
        elif self.describing and not token.goods:
            self.at += 1
        elif self.continues(token.text):
            self._add_word(token.text, goods=True)
        elif word in REVISING or word in _NOT or word in _BUT:
            self._take_revision(word)
        elif word in ARTICLES and self.is_goods(1) and not self.item.is_counted:
            self.at += 1
            self._count(1, word)
        elif self.is_before_goods(word) or self.is_a_place(word) or (word == "pak" and self.is_pack()):
            self.at += 1
        elif self.run and word in KIN and self.word(1) in ABOUT_BUYERS:
            self._take_other(token)  # "Tia, anak kosan"
        elif (found := name_at(self.tokens, self.at, self.called)) is not None:
            self._take_name(found)
        elif token.goods or self.begins_a_product():
            self._begin_item(token.text)
        else:
            self._take_other(token)

    def _is_verb(self, token: Token) -> bool:
        """Returns whether this is a verb of buying; "Bli" is also a man on Bali."""
        if token.goods or token.word not in BUYING | PASSIVE:
            return False
        title = token.word in TITLES
        return not (title and name_at(self.tokens, self.at, self.called) is not None)

    def _take_other(self, token: Token) -> None:
        """Take a word that is neither goods nor a title: part of a name, or of nothing."""
        word = token.word
        if word in RELATING and self._is_called_by_price():
            self._end_run()
            self.marker = TokenKind.EACH  # "yang seratus ribu itu"
            self.at += 1
        elif word in RELATING and self.kind(1) is TokenKind.NUMBER and self.word(2) in _MORE:
            self.at += 3  # "yang satu lagi"
        elif is_said_of_no_one(word) or word in TITLES or word in KIN:
            self._end_run()
            about = word in ABOUT_BUYERS or word in KIN
            self.describing = about and self.run_is_just_before
            self.at += 1
        elif self._take_quantity():
            self._end_run()
        elif self._is_of_the_product():
            self._add_word(token.text, goods=False)
        else:
            self.run.append(token.text)
            self.at += 1
            self.run_end = self.at

    def _is_called_by_price(self) -> bool:
        """Returns whether the price says which one is meant: `yang 130rb`, `nu 45`."""
        if self.kind(1) is TokenKind.MONEY:
            return self.last.is_counted
        short = self.is_short_amount(1) and self.kind(2) is TokenKind.WORD
        short = short and not self.continues(str(self.tokens[self.at + 1].number))
        return short and bool(self.item.query) and self.word(2) not in UNITS

    def _is_of_the_product(self) -> bool:
        """Returns whether an unknown word belongs to what is sold: `2 krim`, `2 sabun wangi`."""
        if self.item.query:
            named = self.tokens[self.at].text.istitle() and self.item.query.islower()
            return self.word_end == self.at and not self.item.is_complete and not named
        return self.item.is_counted or not self.goods

    def _take_verb(self, word: str) -> None:
        """Take a verb of buying: words before it are its subject, a name may come behind it."""
        self.describing = False
        if self.run and word in BUYING and len(self.run) <= 4 and not self._is_at_place():  # noqa: PLR2004 - a name
            name = shown_name(" ".join(self.run))
            self.buyers.append(Buyer(name, Certainty.GIVEN, self.at))
            self.run.clear()
        self._end_run()
        found = name_at(self.tokens, self.at, self.called) if word in PASSIVE else None
        if found is not None:
            self._take_name(found)
        else:
            self.at += 1

    def _take_revision(self, word: str) -> None:
        """Take `eh`, before what is said anew, or `bukan`, before what is wrong."""
        self._end_run()
        self.at += 1
        if word in REVISING or word in _BUT:
            self.revising = word in REVISING or self.revising
            return
        if self.revising:
            return  # "eh bukan B"
        while self.at < len(self.tokens) and self.kind(0) not in _STOPS | _ASIDE:
            if self.word(0) in _BUT:
                self.revising = True
                return
            self.at += 1

    def _begin_item(self, text: str) -> None:
        if self.revising and self.last.goods:
            self._rename(text)
            return
        if self.item.query:
            self._finish()
        self._add_word(text, goods=True)

    def _rename(self, text: str) -> None:
        """Take other goods in the place of those that were named last."""
        self.revising = False
        counted = self.item.quantity if not self.item.query else None
        if self.items and not self.item.query:
            self.item = self.items.pop()
        quantity = counted if counted is not None else self.item.quantity
        self.item = replace(
            self.item, query="", goods=(), quantity=quantity, counted_first=True, bare=None
        )
        self._add_word(text, goods=True)

    def _add_word(self, text: str, *, goods: bool) -> None:
        if not self.item.query and self.broken:
            self.item = replace(self.item, listed=True)
        known = (*self.item.goods, text.lower()) if goods else self.item.goods
        query = f"{self.item.query} {text}".strip()
        self.item = replace(self.item, query=query, goods=known)
        self.at += 1
        self.word_end = self.at
        self.apart = False
        if self.marker is not TokenKind.DISCOUNT:
            self.marker = None

    def _take_name(self, found: Buyer | None) -> None:
        if found is None:
            self.at += 1
            return
        self._end_run()
        if self.revising and self.buyers and self.buyers[-1].name != found.name:
            self.buyers.pop()
            self.revising = False
        self.buyers.append(found)
        self.at = self.name_end = found.end
        self.apart = True
        self.describing = self.word(0) in ABOUT_BUYERS or self.word(0) in KIN

    def _take_address(self, text: str) -> None:
        """Add a phone number or an address to the customer, before or behind whose name it is."""
        before = self.word(-1)
        if before in TITLES:
            self.buyers.append(
                Buyer(shown_name(f"{before} {text}"), Certainty.TITLED, self.at)
            )  # Pak RW 05
        elif self.run_is_just_before:
            run = self.runs.pop()
            name = shown_name(f"{' '.join(run.words)} {text}")
            self.buyers.append(Buyer(name, Certainty.GIVEN, self.at))
        elif self.buyers:
            last = self.buyers[-1]
            self.buyers[-1] = replace(last, name=shown_name(f"{last.name} {text}"))
        self.at += 1
        self.name_end = self.at

    @property
    def run_is_just_before(self) -> bool:
        """Whether unknown words end here."""
        return bool(self.runs) and self.run_end == self.at

    def _is_at_place(self) -> bool:
        """Returns whether the unknown words say where it was: `di ruang guru`."""
        start = self.run_end - len(self.run)
        return start > 0 and self.tokens[start - 1].word in AT

    def _end_run(self) -> None:
        if not self.run:
            return
        if self._is_at_place():
            self.run = []
            return
        end, start = self.run_end, self.run_end - len(self.run)
        begins = start == 0 or self.tokens[start - 1].kind in _STOPS
        ends = end >= len(self.tokens) or self.tokens[end].kind in _STOPS
        words = tuple(self.run)
        self.runs.append(Run(words, start, begins and ends, end >= len(self.tokens)))
        self.run = []

    def _finish(self) -> None:
        if self.item != WrittenItem():
            self.items.append(self.item)
        self.item = WrittenItem()
        if self.marker is not TokenKind.DISCOUNT:
            self.marker = None
