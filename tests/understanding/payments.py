"""The labelled lines of sales: what the words of each say of the payment."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.content.heard import meanings, spelling
from bot.core.learned.weights import FeatureGroup
from bot.core.sales.line.tags.payment_tags import CREDIT, DEPOSIT, PAID, UNSAID, payment_signs
from bot.core.sales.products import names_of
from bot.core.sales.telling.beginnings import opened
from tests.understanding.labelled import entries
from tests.understanding.reading import CATALOGUE, paid_in

__all__ = ["PaidLine", "paid_lines"]

STATES: Final = {"lunas": PAID, "belum": CREDIT, "dp": DEPOSIT}


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line: the signs of its words, and the state of payment that its label gives."""

    signs: tuple[FeatureGroup, ...]
    state: str


def paid_lines() -> Iterator[PaidLine]:
    """Yield the sales of the tuning half; what says how it was paid, says that it was."""
    called = names_of(CATALOGUE)
    for entry in entries("tuning"):
        if "sale" in entry.intents:
            tokens = opened(entry.text, called, is_begun=True).tokens
            said = paid_in(entry.meanings[entry.intents.index("sale")])
            words = [each.split()[0] for each in said]
            state = next((STATES[word] for word in words if word in STATES), PAID)
            signs = payment_signs(tokens, spelling().canonical, meanings().in_words)
            yield PaidLine(signs, state if said else UNSAID)
