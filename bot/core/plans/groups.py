"""A tree of members in columns: an order to walk it in, and sums over groups."""

from collections.abc import Iterable, Sequence
from itertools import count
from operator import lt

from bot.core.plans.values import NOBODY

__all__ = ["depths", "downwards", "nearest", "sums"]


def downwards(sponsors: Sequence[int]) -> Sequence[int]:
    """Returns all places, each after its sponsor's."""
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
    for place in order:  # the loop itself appends to it
        below = first[place]
        while below != NOBODY:
            order.append(below)
            below = following[below]
    assert len(order) == len(sponsors), "no member is above themselves"
    return order


def depths(sponsors: Sequence[int], order: Iterable[int]) -> list[int]:
    """Returns the number of members above each place."""
    found = [0] * len(sponsors)
    for place in order:
        if (sponsor := sponsors[place]) != NOBODY:
            found[place] = found[sponsor] + 1
    return found


def sums(own: Sequence[int], sponsors: Sequence[int], order: Sequence[int]) -> list[int]:
    """Returns the sum over each group, its head included."""
    found = list(own)
    for place in reversed(order):
        sponsor = sponsors[place]
        if sponsor != NOBODY:
            found[sponsor] += found[place]
    return found


def nearest(wanted: Sequence[bool], sponsors: Sequence[int], order: Iterable[int]) -> list[int]:
    """Returns for each place the nearest wanted one above it, or `NOBODY`."""
    found = [NOBODY] * len(sponsors)
    for place in order:
        sponsor = sponsors[place]
        if sponsor != NOBODY:
            found[place] = sponsor if wanted[sponsor] else found[sponsor]
    return found
