"""Sorts a list of people, in any order, so that sponsors come first, and finds circles in it."""

from collections import deque
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Lineage", "trace"]

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Lineage(Generic[T]):
    """The sponsor tree of a list of people.

    Attributes:
        sponsors_first: all people, each after their sponsor, except those in a circle and
            those below one.
        circles: people whose sponsors lead back to themselves: each has the next one as sponsor,
            the last one the first.
    """

    sponsors_first: tuple[T, ...]
    circles: tuple[tuple[T, ...], ...]


def trace(sponsors: Mapping[T, T | None]) -> Lineage[T]:
    """Returns people sorted so that each comes after their sponsor.

    Args:
        sponsors: the sponsor of each person; one who is not in the list counts as None.
    """
    below: dict[T, list[T]] = {}
    ready: deque[T] = deque()
    for person, sponsor in sponsors.items():
        if sponsor is None or sponsor not in sponsors:
            ready.append(person)
        else:
            below.setdefault(sponsor, []).append(person)
    order = []
    while ready:
        person = ready.popleft()
        order.append(person)
        ready.extend(below.get(person, ()))
    reached = set(order)
    left = [person for person in sponsors if person not in reached]
    return Lineage(tuple(order), _circles(left, sponsors))


def _circles(left: list[T], sponsors: Mapping[T, T | None]) -> tuple[tuple[T, ...], ...]:
    """Returns the circles among the people left, each once, from its first in the list on."""
    place = {person: at for at, person in enumerate(left)}
    circles = []
    seen: set[T] = set()
    for start in left:
        path: dict[T, int] = {}
        person: T | None = start
        while person is not None and person not in seen:
            seen.add(person)
            path[person] = len(path)
            person = sponsors[person]
        if person is not None and person in path:
            circle = list(path)[path[person] :]
            first = min(range(len(circle)), key=lambda at: place[circle[at]])
            circles.append((*circle[first:], *circle[:first]))
    return tuple(circles)
