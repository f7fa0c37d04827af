"""Collects the buyers of a line about a sale: names, addresses, and words that may be a name."""

from dataclasses import replace

from bot.core.sales.buyers import SHOPS, TITLES, TO, shown_name
from bot.core.sales.line.brackets import described_in_brackets
from bot.core.sales.line.candidates import Certainty, NamedBuyer, Run
from bot.core.sales.line.line_names import LineNames
from bot.core.sales.line.line_state import MARKS, PRICE_MIN, SHORT_TOTAL_MIN, STOPS
from bot.core.sales.line.names import NAME_WORDS_MAX, name_at
from bot.core.sales.line.scanning.tokens import Token, TokenKind
from bot.core.sales.line.shop_names import HOUSES
from bot.core.sales.line.words.around_buyers import (
    ASPECTS,
    AT,
    INDEFINITE,
    LINKS,
    NAME_LETTERS_MIN,
    PERSONS,
    REPORTING,
    THEY,
    WITH,
)
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    BUYING,
    KIN,
    OF_MINE,
    PASSIVE,
    PLACES_BEHIND,
    RELATING,
    TRADES,
)

__all__ = ["LineBuyers"]

NUMBER_OF_A_SHOP_MAX = 100
_ENDS = STOPS | {TokenKind.NAMED, None}


class LineBuyers(LineNames):
    """Who bought, and what else may be a name."""

    def take_name(self, found: NamedBuyer | None) -> None:
        """Take a name; without one, only the word that introduces it."""
        if found is None:
            self.at += 1
            return
        self.end_run()
        if self.is_described_by(found):
            self.buyers[-1] = replace(
                self.buyers[-1], name=f"{self.buyers[-1].name} {found.name}", end=found.end
            )
            self.at = self.name_end = found.end
            return
        if (self.is_settled() and found.certainty < Certainty.KNOWN) or self.is_go_between():
            self.at = found.end
            return
        joined = bool(self.buyers) and self.kind(-1) is TokenKind.AND
        goods = len(self.items) + bool(self.item.query)
        found = replace(found, joined=joined, goods=goods, number_at=self.number_beside(found))
        if joined:
            found = self.alike(found)
        if self.revising and self.buyers and self.buyers[-1].name != found.name:
            self.buyers.pop()
        if self.is_explained(found):
            self.buyers.pop()
        self.revising = bool(self.buyers) and self.revising
        self.buyers.append(found)
        self.at = self.name_end = found.end
        self.apart = True
        self.describing = self.word(0) in ABOUT_BUYERS or self.word(0) in KIN

    def take_address(self, text: str) -> None:
        """Add a phone number or an address to the buyer, before or behind whose name it is."""
        before = self.word(-1)
        if before in TITLES:
            name = shown_name(f"{before} {text}")  # Pak RW 05
            self.buyers.append(NamedBuyer(name, Certainty.TITLED, self.at))
        elif self._run_is_just_before:
            name = shown_name(f"{' '.join(self.runs.pop().words)} {text}")
            self.buyers.append(NamedBuyer(name, Certainty.GIVEN, self.at))
        elif self.buyers and not self.is_settled():
            last = self.buyers[-1]
            named = f"{last.name} {self.described_up_to_here()} {text}"
            self.buyers[-1] = replace(last, name=shown_name(named))
        self.at += 1
        self.name_end = self.at

    def belongs_to_name(self, token: Token) -> bool:
        """Returns whether a number behind a name is part of it: `2 sabun Toko Maju 99`."""
        if token.number is None or token.number >= PRICE_MIN or self.is_settled():
            return False
        if self.is_goods(1) or self._is_spelled_out(token):
            return False
        if self.kind(1) in MARKS:
            small = token.number < SHORT_TOTAL_MIN
            return small and self.last.is_counted and self.is_of_a_school()
        word = self.word(1)
        ends = self.kind(1) in _ENDS or word in BUYING or word in PASSIVE
        waits = self.last.is_counted and not self.last.is_priced
        if token.number >= NUMBER_OF_A_SHOP_MAX and waits:
            return False  # "2 lusin teh Toko Maju 720"
        if self.is_of_a_shop() and ends and (not self.last.query or self.last.is_counted):
            return True
        if not self.last.is_counted:
            return ends and self.kind(1) is not None and self.counts[self.at + 1] > 0
        if token.number >= SHORT_TOTAL_MIN and not self.last.is_priced:
            return False
        return ends or self.kind(1) is not TokenKind.WORD or self.is_aside(word)

    def _is_spelled_out(self, token: Token) -> bool:
        """Returns whether the same number follows in brackets: `3 (tiga) buah`."""
        again = self.tokens[self.at + 2].number if self.kind(2) is TokenKind.NUMBER else None
        return self.kind(1) is TokenKind.PAUSE and again == token.number

    def takes_bracket(self) -> bool:
        """Take words in brackets that tell a buyer from others: `kak Puput (teman kuliah)`."""
        if not self.buyers or self.at != self.name_end or self.is_settled():
            return False
        told = described_in_brackets(self.tokens, self.at)
        if told is None:
            return False
        words, self.at = told
        last = self.buyers[-1]
        self.buyers[-1] = replace(last, name=f"{last.name} {words}", end=self.at)
        self.name_end = self.at
        return True

    def is_of_a_shop(self) -> bool:
        """Returns whether the customer is a shop, whose name may have a number."""
        return bool(self.buyers) and any(
            word.lower() in SHOPS | HOUSES for word in self.buyers[-1].name.split()
        )

    def is_verb(self, token: Token) -> bool:
        """Returns whether this is a verb of buying; "Bli" is also a man on Bali."""
        if token.goods or token.word not in BUYING | PASSIVE:
            return False
        if self.at > 0 and self.at == self.name_end and self._counts_or_names_goods():
            return True  # "kak dita bli sabun"
        return token.word not in TITLES or name_at(self.tokens, self.at, self.called) is None

    def _counts_or_names_goods(self) -> bool:
        return self.is_goods(1) or self.kind(1) is TokenKind.NUMBER

    def take_verb(self, word: str) -> None:
        """Take a verb of buying: words before it are its subject, a name may come behind it."""
        self.describing = False
        if self._is_who_bought(word):
            return
        named = word in BUYING and 0 < len(self.run) <= NAME_WORDS_MAX
        if named and not self._is_at_place():
            name = shown_name(" ".join((*self._trade_before(), *self.run)))
            self.buyers.append(NamedBuyer(name, Certainty.GIVEN, self.at))
            self.run.clear()
        elif word in BUYING and not self.run and self._run_is_subject():
            self.name_the_run(Certainty.GIVEN)  # "Tini has just bought"
        self.end_run()
        found = name_at(self.tokens, self.at, self.called) if word in PASSIVE else None
        self.take_name(found)

    def _run_is_subject(self) -> bool:
        """Returns whether the words about nothing known begin the sentence of this verb."""
        if not self.runs or self.run_end - len(self.runs[-1].words) != self.runs[-1].at:
            return False
        starts = self.runs[-1].at == 0 or self.tokens[self.runs[-1].at - 1].kind in STOPS
        between = self.tokens[self.run_end : self.at]
        said = all(each.kind is TokenKind.DAY or each.word in ASPECTS for each in between)
        return starts and bool(between) and said and len(self.runs[-1].words) <= NAME_WORDS_MAX

    def _trade_before(self) -> tuple[str, ...]:
        """Returns the trade that stands before the words of a name: `tukang sayur beli 2`."""
        at = self.run_end - len(self.run) - 1
        if at < 0 or self.tokens[at].word not in TRADES:
            return ()
        trade = self.tokens[at].as_typed
        return (trade,) if trade.islower() == self.run[0].islower() else ()

    def is_sold_to_a_user(self) -> bool:
        """Returns whether who is named uses it: `bu ani beli sabun 2 buat dipakai sendiri`."""
        return any(" " in one.name and one.certainty >= Certainty.TITLED for one in self.buyers)

    def _is_who_bought(self, word: str) -> bool:
        """Take `sing tuku` behind or before a name: `Endang sing tumbas`, `yang beli Rina`."""
        if word not in BUYING or self.run or self.word(-1) not in RELATING or self.is_goods(1):
            return False
        if self.runs and self.run_end == self.at - 1:
            self.name_the_run(Certainty.GIVEN)
            self.at += 1
            return True
        if self.is_titled_before(self.at - 1):
            return False
        at, self.at = self.at, self.at + 1
        found = name_at(self.tokens, self.at, self.called, given=True)
        if found is None:
            self.at = at
            return False
        self.take_name(found)
        return True

    def is_titled_before(self, at: int) -> bool:
        """Returns whether a name ends at a place."""
        return self.name_end == at

    def name_the_run(self, certainty: Certainty) -> None:
        """Make a name of the words about nothing known that came last."""
        words = self.runs.pop().words[:NAME_WORDS_MAX]
        self.buyers.append(NamedBuyer(shown_name(" ".join(words)), certainty, self.run_end))

    def add_to_run(self, text: str) -> None:
        """Take a word about nothing known."""
        self.run.append(text)
        self.at += 1
        self.run_end = self.at

    def end_run(self) -> None:
        """End the words about nothing known; those behind "di" are a place."""
        if self.run and not self._is_at_place():
            end, start = self.run_end, self.run_end - len(self.run)
            begins = start == 0 or self.tokens[start - 1].kind in STOPS
            last = end >= len(self.tokens)
            ends = last or self.tokens[end].kind in STOPS
            words = (*self._trade_before(), *self.run)
            between = not (self._is_chatter(start - 1) or self._is_chatter(end))
            goods = not last and self._may_be_subject(start, end)
            over = ends or self.tokens[end].kind in {TokenKind.PAID, TokenKind.DAY}
            joins = over and self._is_joined(start)
            self.runs.append(Run(words, start, begins and ends, last, between, goods, joins))
        self.run = []

    def _is_joined(self, start: int) -> bool:
        """Returns whether "dan" alone stands between the last name and a place."""
        return self.name_end == start - 1 > 0 and self.tokens[start - 1].text.lower() in WITH

    def _may_be_subject(self, start: int, end: int) -> bool:
        """Returns whether words just before goods, in a report, may be who bought them.

        They are a verb behind a word for a person: `saya taruh 20 sabun`.
        """
        if not any(token.word in REPORTING for token in self.tokens[:start]):
            return False
        before = self.tokens[start - 1].word if start else ""
        one, two = self.tokens[end], self.tokens[end + 1 : end + 2]
        counted = one.kind is TokenKind.NUMBER and any(each.goods for each in two)
        verb = before in OF_MINE or before in THEY or len(self.run[0]) < NAME_LETTERS_MIN
        return (one.goods or counted) and not verb

    def _is_chatter(self, at: int) -> bool:
        """Returns whether a word that is none of goods is at a place."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else None
        if token is None or token.kind is not TokenKind.WORD or token.goods:
            return False
        return token.word not in LINKS

    def leave_out(self, word: str) -> None:
        """Take a word that says nothing; behind a name it may begin a description."""
        self.end_run()
        if not self.unnamed and self._is_a_person(word, 1):
            self.unnamed = shown_name(self.tokens[self.at].as_typed)
        elif not self.unnamed and self.word(1) in PLACES_BEHIND and self._is_a_person(word, 2):
            where = self.tokens[self.at + 1].as_typed
            self.unnamed = shown_name(f"{self.tokens[self.at].as_typed} {where}")
        about = word in ABOUT_BUYERS or word in KIN
        self.describing = about and self._run_is_just_before
        self.at += 1

    def _is_a_person(self, word: str, taken: int) -> bool:
        """Returns whether what calls a person, so many words, is the buyer: `tetangga beli 2`."""
        if word not in PERSONS:
            return False
        before, behind = self.kind(-1), self.kind(taken)
        given = self.word(-1) in TO | PASSIVE
        if self.word(-1) in INDEFINITE:
            return False
        mine = self.word(taken) in OF_MINE
        buys = self.word(taken + mine) in BUYING
        alone = before in {*STOPS, None} and behind in {*STOPS, None}
        number = self.tokens[self.at + taken].number if behind is TokenKind.NUMBER else None
        alone |= self.is_goods(-1) and 0 < (number or 0) < SHORT_TOTAL_MIN  # "sabun tetangga 3"
        return given or buys or alone

    @property
    def _run_is_just_before(self) -> bool:
        return bool(self.runs) and self.run_end == self.at

    def _is_at_place(self) -> bool:
        """Returns whether the unknown words say where it was: `di ruang guru`."""
        start = self.run_end - len(self.run)
        return start > 0 and self.tokens[start - 1].word in AT
