"""Collects the buyers of a line about a sale: names, addresses, and words that may be a name."""

from dataclasses import replace

from bot.core.sales.buyers import TITLES, shown_name
from bot.core.sales.line.candidates import Certainty, NamedBuyer, Run
from bot.core.sales.line.line_goods import LineGoods
from bot.core.sales.line.line_state import AT, STOPS
from bot.core.sales.line.names import NAME_WORDS_MAX, name_at
from bot.core.sales.line.tokens import Token
from bot.core.sales.line.vocabulary import ABOUT_BUYERS, BUYING, KIN, PASSIVE

__all__ = ["LineBuyers"]


class LineBuyers(LineGoods):
    """Who bought, and what else may be a name."""

    def take_name(self, found: NamedBuyer | None) -> None:
        """Take a name; without one, only the word that introduces it."""
        if found is None:
            self.at += 1
            return
        self.end_run()
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
        directly = bool(self.buyers) and self.name_end == self.at - 1
        bracket = self.at > 0 and self.tokens[self.at - 1].text.startswith("(")
        return directly and bracket and found.certainty >= Certainty.TITLED

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

    def is_verb(self, token: Token) -> bool:
        """Returns whether this is a verb of buying; "Bli" is also a man on Bali."""
        if token.goods or token.word not in BUYING | PASSIVE:
            return False
        return token.word not in TITLES or name_at(self.tokens, self.at, self.called) is None

    def take_verb(self, word: str) -> None:
        """Take a verb of buying: words before it are its subject, a name may come behind it."""
        self.describing = False
        named = word in BUYING and 0 < len(self.run) <= NAME_WORDS_MAX
        if named and not self._is_at_place():
            name = shown_name(" ".join(self.run))
            self.buyers.append(NamedBuyer(name, Certainty.GIVEN, self.at))
            self.run.clear()
        self.end_run()
        found = name_at(self.tokens, self.at, self.called) if word in PASSIVE else None
        self.take_name(found)

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
            ends = end >= len(self.tokens) or self.tokens[end].kind in STOPS
            self.runs.append(Run(tuple(self.run), start, begins and ends, end >= len(self.tokens)))
        self.run = []

    def leave_out(self, word: str) -> None:
        """Take a word that says nothing; behind a name it may begin a description."""
        self.end_run()
        about = word in ABOUT_BUYERS or word in KIN
        self.describing = about and self._run_is_just_before
        self.at += 1

    @property
    def _run_is_just_before(self) -> bool:
        return bool(self.runs) and self.run_end == self.at

    def _is_at_place(self) -> bool:
        """Returns whether the unknown words say where it was: `di ruang guru`."""
        start = self.run_end - len(self.run)
        return start > 0 and self.tokens[start - 1].word in AT
