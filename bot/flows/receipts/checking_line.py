"""The command line of an admin who goes through the queue: the sale, the page, what is picked."""

import re
from dataclasses import dataclass, replace
from typing import Final

from bot.core.sales.sales import receipt_id, receipt_number

__all__ = ["BY_ITSELF", "PICKED_MAX", "QueuePlace", "read_place"]

PICKED_MAX: Final = 50
WORDS_MAX: Final = PICKED_MAX + 12
NAME_CHARACTERS_MAX: Final = 64
BY_ITSELF: Final = "berikut"
CHOOSING: Final = frozenset({"penjual", "seller"})
EVERYTHING: Final = frozenset({"semua", "all"})
PAGE: Final = re.compile(r">([0-9]{1,15})")
SELLER: Final = re.compile(r"@([0-9]{1,15})")
PICK: Final = re.compile(r"\+([0-9]{1,15})\.([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where an admin is in the queue.

    Attributes:
        sale: the id of the sale whose card is open; 0 for the list.
        above: the page of the list begins after this id.
        picked: the id and the version of each picked sale, in the order they were picked.
        by_itself: whether the card has opened by itself, after a decision about another sale.
        seller: the id of the member whose sales are looked at; 0 for all sellers.
        choosing: whether a seller is to be chosen.
        everything: whether all of it is to be approved.
        words: whatever else was typed: the name or the code of a seller.
    """

    sale: int = 0
    above: int = 0
    picked: tuple[tuple[int, int], ...] = ()
    by_itself: bool = False
    seller: int = 0
    choosing: bool = False
    everything: bool = False
    words: str = ""

    @property
    def line(self) -> str:
        """The command line that leads here, without its slash."""
        words = ["setujui"]
        if self.everything:
            words.append("semua")
        if self.choosing:
            words.append("penjual")
        if self.sale:
            words.append(receipt_number(self.sale))
        if self.by_itself:
            words.append(BY_ITSELF)
        if self.seller:
            words.append(f"@{self.seller}")
        if self.above:
            words.append(f">{self.above}")
        words += (f"+{sale}.{version}" for sale, version in self.picked)
        return " ".join([*words, *self.words.split()])

    def toggled(self, sale: int, version: int) -> "QueuePlace":
        """Returns the place with this sale picked, or no longer picked."""
        others = tuple(each for each in self.picked if each[0] != sale)
        if len(others) < len(self.picked) or len(others) >= PICKED_MAX:
            return replace(self, picked=others)
        return replace(self, picked=(*others, (sale, version)))


def read_place(args: str) -> QueuePlace:
    """Returns the place that a command line names; other words name a seller."""
    place, others = QueuePlace(), list[str]()
    for at, word in enumerate(args.split(maxsplit=WORDS_MAX)[:WORDS_MAX]):
        if word == BY_ITSELF:
            place = replace(place, by_itself=True)
        elif word.casefold() in EVERYTHING and at == 0:
            place = replace(place, everything=True)
        elif word.casefold() in CHOOSING:
            place = replace(place, choosing=True)
        elif (seller := SELLER.fullmatch(word)) is not None:
            place = replace(place, seller=int(seller[1]))
        elif (page := PAGE.fullmatch(word)) is not None:
            place = replace(place, above=int(page[1]))
        elif (pick := PICK.fullmatch(word)) is not None:
            place = place.toggled(int(pick[1]), int(pick[2]))
        elif not place.sale and (sale := receipt_id(word)):
            place = replace(place, sale=sale)
        else:
            others.append(word)
    return replace(place, words=" ".join(others)[:NAME_CHARACTERS_MAX].strip())
