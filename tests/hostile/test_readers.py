"""What reads people's text takes time by its length, whatever is in the text, and never fails."""

from collections.abc import Iterator

import pytest

from tests.hostile.clockwork import (
    GROWTH_MAX,
    HANG_SECONDS,
    cost,
    end_what_is_stuck,
    growths,
)
from tests.hostile.readers import Read, forget, readers
from tests.hostile.shapes import SHAPES

LENGTHS = (16, 62, 250, 1_000, 4_000)
"""What Telegram hands on at most, or nearly, and within the shorter limits of readers."""

READERS = readers()


@pytest.fixture(autouse=True)
def _in_the_end() -> Iterator[None]:
    forget()  # which looks once for all that remembers, and is not to be measured
    with end_what_is_stuck():
        yield


def afresh(read: Read) -> Read:
    """The reader without what it remembers of the last time."""

    def reading(text: str) -> object:
        forget()
        return read(text)

    return reading


@pytest.mark.parametrize("name", READERS)
def test_four_times_the_length_takes_at_most_eight_times_as_long(name: str) -> None:
    read = afresh(READERS[name])
    for shape, text_of in SHAPES.items():
        texts = [text_of(length) for length in LENGTHS]
        for length, times in zip(LENGTHS[1:], growths(read, texts), strict=True):
            assert times <= GROWTH_MAX, f"{times:.1f} times, {length} characters of {shape}"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_fills_any_length(shape: str) -> None:
    for length in (0, 1, 7, *LENGTHS):
        assert len(SHAPES[shape](length)) == length


def test_one_who_greets_forty_times_is_read_at_once() -> None:
    read = afresh(READERS["bot.core.sales.quick_entry.read_line"])
    assert cost(read, "halo\n\n" * 40 + "zzz") < HANG_SECONDS
