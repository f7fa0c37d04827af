"""In what condition the goods came back: all whole, all damaged, or some of an article."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.core.conversation.messages import Refusal
from bot.core.conversation.replay import Answer, Flow, ask
from bot.core.input.quantity import read_quantity
from bot.core.returns.condition import Damaged, read_condition
from bot.flows.answers import typed
from bot.flows.returns.came_back import ALL_PIECES
from bot.flows.returns.give_back_messages import AskDamaged, AskSaleable, MoreDamagedThanBack
from bot.flows.returns.return_lookups import BackLine
from bot.flows.sales.sell_messages import TapOne

__all__ = ["with_condition"]

NONE_OF_THEM: Final = frozenset({"0", "nol", "tidak", "tidak ada", "none", "no", "nothing"})


def with_condition(lines: Sequence[BackLine]) -> Flow[tuple[BackLine, ...]]:
    """Returns the lines with how many pieces of each cannot be sold again.

    Where only some can, each article is asked about; a number that was typed answers for one.
    """
    pieces = sum(line.quantity for line in lines)

    def read(answer: Answer) -> Damaged:
        damaged = read_condition(typed(answer), pieces)
        if damaged is None:
            raise Refusal(TapOne())
        return damaged

    damaged = yield from ask(AskSaleable(tuple(lines)), read)
    if damaged in {0, pieces}:
        return tuple(replace(line, damaged=line.quantity if damaged else 0) for line in lines)
    if len(lines) == 1 and damaged != "some":
        return (replace(lines[0], damaged=damaged),)
    found: tuple[BackLine, ...] = ()
    for line in lines:
        damaged = yield from _how_many(line)
        found = (*found, replace(line, damaged=damaged))
    return found


def _how_many(line: BackLine) -> Flow[int]:
    """Returns how many pieces of a line are damaged."""

    def read(answer: Answer) -> int:
        text = typed(answer).strip().casefold()
        if text in NONE_OF_THEM:
            return 0
        number = line.quantity if text in ALL_PIECES else _number(text, line.quantity)
        if number > line.quantity:
            raise Refusal(MoreDamagedThanBack(line.quantity))
        return number

    return (yield from ask(AskDamaged(line.name, line.quantity), read))


def _number(text: str, pieces: int) -> int:
    """Returns a number alone, or one beside a word for the condition."""
    said = read_condition(text, pieces)
    return said if isinstance(said, int) else read_quantity(text)
