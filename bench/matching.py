"""How long it takes to read a text, by the number of products and of the seller's customers."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from statistics import median, quantiles
from time import thread_time

from bench.shelf import customers, shelf, texts
from bot.content.heard import learned
from bot.conversation.own_words.matcher import hear
from bot.core.conversation.messages import Refusal
from bot.core.customers.similar_customers import similar_customers
from bot.core.sales.products import names_of
from bot.core.sales.quick_entry import read_line
from tests.hostile.readers import forget
from tests.understanding.examples import MEMBERS
from tests.understanding.reading import TODAY

__all__ = ["Matched", "matching"]

SEED = 1


@dataclass(frozen=True, slots=True)
class Matched:
    """The processor time of one step for many texts, in milliseconds."""

    step: str
    median: float
    most: float
    longest: float


def matching(sizes: Sequence[int], buyers: int, count: int) -> Iterator[Matched]:
    """Yield the times for price lists of these sizes.

    Args:
        sizes: the numbers of products.
        buyers: the number of the seller's own customers.
        count: how many texts are read.
    """
    learned()
    for size in sizes:
        yield from _with_products(size, count)
    known, names = customers(buyers, Random(SEED))
    for again in (False, True):
        yield _measured(
            f"{buyers:,} customers: whose name is it{', once more' if again else ''}",
            lambda name: similar_customers(name, known),
            names,
            again=again,
        )


def _with_products(size: int, count: int) -> Iterator[Matched]:
    goods = shelf(size, Random(SEED))
    called = names_of(goods)
    typed = texts(goods, Random(SEED))[:count]
    yield _measured(
        f"{size:,} products: is it a sale",
        lambda text: read_line(text, goods, TODAY, in_thousands=True),
        typed,
    )
    yield _measured(
        f"{size:,} products: what is asked for",
        lambda text: hear(text, called, MEMBERS, None),
        typed,
    )


def _measured(
    step: str, read: Callable[[str], object], typed: Sequence[str], *, again: bool = False
) -> Matched:
    """Returns the times of the texts; nothing is remembered of the ones before, unless `again`."""
    took = sorted(1000 * _seconds(read, text, again=again) for text in typed)
    return Matched(step, median(took), quantiles(took, n=20)[-1], took[-1])


def _seconds(read: Callable[[str], object], text: str, *, again: bool) -> float:
    if not again:
        forget()
    gc.disable()
    began = thread_time()
    with suppress(Refusal):
        read(text)
    took = thread_time() - began
    gc.enable()
    return took
