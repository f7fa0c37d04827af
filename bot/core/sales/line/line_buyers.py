"""Collects the buyers of a line about a sale: names, addresses, and words that may be a name."""

from dataclasses import replace

from bot.core.sales.buyers import SHOPS, TITLES, shown_name
from bot.core.sales.line.candidates import Certainty, NamedBuyer, Run
from bot.core.sales.line.line_goods import LineGoods
from bot.core.sales.line.line_state import AT, MARKS, PRICE_MIN, SHORT_TOTAL_MIN, STOPS
from bot.core.sales.line.names import NAME_WORDS_MAX, name_at
from bot.core.sales.line.tokens import Token, TokenKind
from bot.core.sales.line.words.everyday_words import is_everyday
from bot.core.sales.line.words.vocabulary import (
    ABOUT_BUYERS,
    BUYING,
    CALLS,
    FILLERS,
    KIN,
    PASSIVE,
    PLACES_BEHIND,
    RELATING,
    TO,
    TRADES,
)

__all__ = ["LineBuyers"]

_SOMEBODY = frozenset({"seorang", "ada", "ad", "orang", "a", "an", "some", "wali"})
_LINKS = frozenset({"dari", "dr", "from"})

NUMBER_OF_A_SHOP_MAX = 100
_ENDS = STOPS | {TokenKind.NAMED, None}
PERSONS = (SHOPS | TITLES | ABOUT_BUYERS | KIN) - CALLS - RELATING - FILLERS - PLACES_BEHIND
"""Words that are the buyer's name if nothing else is."""


class LineBuyers(LineGoods):
    """Who bought, and what else may be a name."""

    def take_name(self, found: NamedBuyer | None) -> None:
        """Take a name; without one, only the word that introduces it."""
        if found is None:
            self.at += 1
            return
        self.end_run()
        joined = bool(self.buyers) and self.kind(-1) is TokenKind.AND
        goods = len(self.items) + bool(self.item.query)
        found = replace(found, joined=joined, goods=goods)
        if self.revising and self.buyers and self.buyers[-1].name != found.name:
            self.buyers.pop()
        if self._is_explained(found):
            self.buyers.pop()
        self.revising = bool(self.buyers) and self.revising
        self.buyers.append(found)
        self.at = self.name_end = found.end
        self.apart = True
        self.describing = self.word(0) in ABOUT_BUYERS or self.word(0) in KIN

    def _is_explained(self, found: NamedBuyer) -> bool:
        """Returns whether a name in brackets says who was meant: `pak satpam (pak Udin)`."""
        if self.buyers and found.certainty >= Certainty.TITLED and self._is_no_name():
            return 0 <= self.at - self.name_end <= 1  # "tetangga, bu Marni"
        directly = bool(self.buyers) and self.name_end == self.at - 1
        bracket = self.at > 0 and self.tokens[self.at - 1].text.startswith("(")
        return directly and bracket and found.certainty >= Certainty.TITLED

    def _is_no_name(self) -> bool:
        """Returns whether the last buyer is called by words for a person alone."""
        words = self.buyers[-1].name.lower().split()
        return all(word in PERSONS or is_everyday(word) for word in words)

    def take_address(self, text: str) -> None:
        """Add a phone number or an address to the buyer, before or behind whose name it is."""
        before = self.word(-1)
        if before in TITLES:
            name = shown_name(f"{before} {text}")  # Pak RW 05
            self.buyers.append(NamedBuyer(name, Certainty.TITLED, self.at))
        elif self._run_is_just_before:
            name = shown_name(f"{' '.join(self.runs.pop().words)} {text}")
            self.buyers.append(NamedBuyer(name, Certainty.GIVEN, self.at))
        elif self.buyers:
            last = self.buyers[-1]
            self.buyers[-1] = replace(last, name=shown_name(f"{last.name} {text}"))
        self.at += 1
        self.name_end = self.at

    def belongs_to_name(self, token: Token) -> bool:
        """Returns whether a number behind a name is part of it: `2 sabun Toko Maju 99`."""
        if token.number is None or token.number >= PRICE_MIN:
            return False
        if self.kind(1) in MARKS or self.is_goods(1):
            return False
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

    def is_of_a_shop(self) -> bool:
        """Returns whether the customer is a shop, whose name may have a number."""
        return bool(self.buyers) and any(
            word.lower() in SHOPS for word in self.buyers[-1].name.split()
        )

    def is_verb(self, token: Token) -> bool:
        """Returns whether this is a verb of buying; "Bli" is also a man on Bali."""
        if token.goods or token.word not in BUYING | PASSIVE:
            return False
        return token.word not in TITLES or name_at(self.tokens, self.at, self.called) is None

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
        self.end_run()
        found = name_at(self.tokens, self.at, self.called) if word in PASSIVE else None
        self.take_name(found)

    def _trade_before(self) -> tuple[str, ...]:
        """Returns the trade that stands before the words of a name: `tukang sayur beli 2`."""
        at = self.run_end - len(self.run) - 1
        if at < 0 or self.tokens[at].word not in TRADES:
            return ()
        trade = self.tokens[at].as_typed
        return (trade,) if trade.islower() == self.run[0].islower() else ()

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
            between = not (self._is_chatter(start - 1) or self._is_chatter(end))
            self.runs.append(Run(tuple(self.run), start, begins and ends, last, between))
        self.run = []

    def _is_chatter(self, at: int) -> bool:
        """Returns whether a word that is none of goods is at a place."""
        token = self.tokens[at] if 0 <= at < len(self.tokens) else None
        if token is None or token.kind is not TokenKind.WORD or token.goods:
            return False
        return token.word not in _LINKS

    def leave_out(self, word: str) -> None:
        """Take a word that says nothing; behind a name it may begin a description."""
        self.end_run()
        if not self.unnamed and self._is_a_person(word):
            self.unnamed = shown_name(self.tokens[self.at].as_typed)
        about = word in ABOUT_BUYERS or word in KIN
        self.describing = about and self._run_is_just_before
        self.at += 1

    def _is_a_person(self, word: str) -> bool:
        """Returns whether a word for a person alone is the buyer: `tetangga beli 2`."""
        if word not in PERSONS:
            return False
        before, behind = self.kind(-1), self.kind(1)
        given = self.word(-1) in TO | PASSIVE
        if self.word(-1) in _SOMEBODY:
            return False
        buys = self.word(1) in BUYING
        alone = before in {*STOPS, None} and behind in {*STOPS, None}
        return given or buys or alone

    @property
    def _run_is_just_before(self) -> bool:
        return bool(self.runs) and self.run_end == self.at

    def _is_at_place(self) -> bool:
        """Returns whether the unknown words say where it was: `di ruang guru`."""
        start = self.run_end - len(self.run)
        return start > 0 and self.tokens[start - 1].word in AT
