"""A conversation of several questions, answered in whatever order the bot asks them."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.soak.crowd.memory import Memory
from tests.soak.crowd.phone import Json, Phone, labels

__all__ = ["CHANGED", "Step", "act", "converse"]

CHANGED = "Isinya baru saja berubah"


@dataclass(frozen=True)
class Step:
    """What is answered to a question.

    Attributes:
        asked: a pattern of the question.
        taps: labels, one of which is pressed; without any, `says` is typed.
        copies: a pattern of the question whose group is typed instead.
        decides: whether this answer has the effect.
    """

    asked: str
    taps: tuple[str, ...] = ()
    says: str = ""
    copies: str = ""
    decides: bool = False


async def converse(
    phone: Phone, memory: Memory, first: str, steps: Sequence[Step], ends: str
) -> Json:
    """Say the first words and answer all questions; returns the message that ends it.

    What was left open before is dropped. A question that was just answered is only answered again
    if the bot says that something has changed: otherwise it is a message that was sent twice.
    """
    steps = (*steps, Step("Lanjutkan dulu, atau batalkan dan", taps=("Batalkan",)))
    card = await phone.say(first, _any(steps, ends))
    while (step := _next_step(steps, ends, card["text"])) is not None:
        others = [each for each in steps if each is not step]
        expect = f"{CHANGED}|{_any(others, ends)}"
        if step.decides:
            memory.deciding.set()
        if step.taps:
            shown = [each for each in labels(card) if any(part in each for part in step.taps)]
            card = await phone.tap(card, phone.chance.choice(shown), expect)
        else:
            card = await phone.say(_typed(step, card["text"]), expect)
    return card


def _next_step(steps: Sequence[Step], ends: str, text: str) -> Step | None:
    """Returns what answers this message; None if it ends the conversation."""
    asked = [each for each in steps if re.search(each.asked, text, re.DOTALL)]
    if re.search(ends, text, re.DOTALL):
        # A question that is taken for the end would stay open, and in the way of what comes next.
        assert not asked, f"both the end and a question: {text}"
        return None
    return asked[0]


def _typed(step: Step, asked: str) -> str:
    """Returns what is typed as an answer to this question."""
    found = re.search(step.copies, asked) if step.copies else None
    return found[1] if found else step.says


@contextmanager
def act(phone: Phone, name: str) -> Iterator[None]:
    """Within this the person is in the middle of an act whose kills are counted."""
    phone.act = name
    try:
        yield
    finally:
        phone.act = ""


def _any(steps: Sequence[Step], ends: str) -> str:
    return "|".join([*(each.asked for each in steps), ends])
