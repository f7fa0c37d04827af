"""A tree of members in columns: in which order to walk it, and sums over groups."""

from collections.abc import Iterable, Sequence
from itertools import count
from operator import lt

from bot.core.plans.values import NOBODY

__all__ = ["depths", "downwards", "nearest", "sums"]


def downwards(sponsors: Sequence[int]) -> Sequence[int]:
    """All places, each after its sponsor's."""
    if all(map(lt, sponsors, count())):
        return range(len(sponsors))
    first = [NOBODY] * len(sponsors)
    following = [NOBODY] * len(sponsors)
    order = []
    for place, sponsor in enumerate(sponsors):
        if sponsor == NOBODY:
            order.append(place)
        else:
            following[place], first[sponsor] = first[sponsor], place
    for place in order:  # which grows meanwhile
        below = first[place]
        while below != NOBODY:
            order.append(below)
            below = following[below]
    assert len(order) == len(sponsors), "nobody is above themselves"
    return order


def depths(sponsors: Sequence[int], order: Iterable[int]) -> list[int]:
    """How many stand above each place."""
    found = [0] * len(sponsors)
    for place in order:
        if (sponsor := sponsors[place]) != NOBODY:
            found[place] = found[sponsor] + 1
    return found


def sums(own: Sequence[int], sponsors: Sequence[int], order: Sequence[int]) -> list[int]:
    """The sum over each group, its own member included."""
    found = list(own)
    for place in reversed(order):
        sponsor = sponsors[place]
        if sponsor != NOBODY:
            found[sponsor] += found[place]
    return found


def nearest(wanted: Sequence[bool], sponsors: Sequence[int], order: Iterable[int]) -> list[int]:
    """For each place the nearest above it that is wanted."""
    found = [NOBODY] * len(sponsors)
    for place in order:
        sponsor = sponsors[place]
        if sponsor != NOBODY:
            found[place] = sponsor if wanted[sponsor] else found[sponsor]
    return found
