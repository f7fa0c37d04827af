"""How a name in a line about a sale lies to the one before: another buyer, or the same one."""

from dataclasses import replace

from bot.core.sales.line.candidates import Certainty, NamedBuyer
from bot.core.sales.line.line_goods import LineGoods
from bot.core.sales.line.line_state import SHORT_TOTAL_MIN
from bot.core.sales.line.scanning.tokens import TokenKind
from bot.core.sales.line.words.around_buyers import (
    DESCRIPTIONS,
    OCCUPATIONS,
    PERSONS,
    SCHOOLS,
    THROUGH,
)
from bot.core.sales.line.words.everyday_words import is_everyday
from bot.core.sales.line.words.vocabulary import RELATING

__all__ = ["LineNames"]

DESCRIPTION_WORDS_MAX = 3


class LineNames(LineGoods):
    """What a name that has been found says of those before it."""

    def is_described_by(self, found: NamedBuyer) -> bool:
        """Returns whether a title says what the one before does: `Haji Naim juragan kambing`."""
        directly = bool(self.buyers) and 0 < self.name_end == self.at
        if not directly or self.buyers[-1].certainty < Certainty.TITLED or self._is_no_name():
            return False
        return found.name.split()[0].lower() in OCCUPATIONS

    def is_go_between(self) -> bool:
        """Returns whether a name is of who only carried it: `pak Dirut, lewat bu Intan`."""
        before = [token.word for token in self.tokens[max(0, self.at - 2) : self.at]]
        return bool(self.buyers) and not THROUGH.isdisjoint(before)

    def alike(self, found: NamedBuyer) -> NamedBuyer:
        """Returns a name as sure as the one that "dan" joins it to, which is raised if need be."""
        before = self.buyers[-1]
        if before.certainty is Certainty.MEANT:
            return replace(found, certainty=Certainty.MEANT)  # "buat bu Sri dan bu Tutik"
        if self.name_end == self.at - 1 and before.certainty is Certainty.GIVEN:
            self.buyers[-1] = replace(before, certainty=found.certainty)  # "ke Rina dan pak Budi"
        return found

    def number_beside(self, found: NamedBuyer) -> int | None:
        """Returns the place of the number just before or behind a name, if it may count goods."""
        taken = self.buyers[-1].number_at if self.buyers else None
        for place in (self.at - 1, found.end):
            if place == taken or not 0 <= place < len(self.tokens):
                continue
            number = self.tokens[place].number
            if number is not None and number < SHORT_TOTAL_MIN:
                return place
        return None

    def is_settled(self) -> bool:
        """Returns whether the buyer is known, so that any other name is not."""
        return any(buyer.certainty is Certainty.KNOWN for buyer in self.buyers)

    def is_explained(self, found: NamedBuyer) -> bool:
        """Returns whether a name in brackets says who was meant: `pak satpam (pak Udin)`."""
        if self.buyers and found.certainty >= Certainty.TITLED and self._is_no_name():
            return 0 <= self.at - self.name_end <= 1  # "tetangga, bu Marni"
        directly = bool(self.buyers) and self.name_end == self.at - 1
        bracket = self.at > 0 and self.tokens[self.at - 1].text.startswith("(")
        return directly and bracket and found.certainty >= Certainty.TITLED

    def described_up_to_here(self) -> str:
        """Returns who the buyer is, between her name and an address: `bu Rini guru TK, RT 3`."""
        between = self.tokens[self.name_end : self.at] if self.name_end >= 0 else ()
        words = [each for each in between if each.kind is not TokenKind.PAUSE]
        told = 0 < len(words) <= DESCRIPTION_WORDS_MAX and words[0].word in DESCRIPTIONS
        told |= len(words) == 1 and words[0].word in RELATING
        plain = all(each.word and not each.goods for each in words)
        return " ".join(each.as_typed for each in words) if told and plain else ""

    def is_of_a_school(self) -> bool:
        """Returns whether the name ends as the schools do that have a number: `SMPN 4`."""
        return self.buyers[-1].name.lower().split()[-1] in SCHOOLS

    def _is_no_name(self) -> bool:
        """Returns whether the last buyer is called by words for a person alone."""
        words = self.buyers[-1].name.lower().split()
        return all(word in PERSONS or is_everyday(word) for word in words)
