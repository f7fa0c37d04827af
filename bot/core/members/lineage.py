"""Who stands above whom, in a list that may come in any order."""

from collections import deque
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Lineage", "trace"]

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Lineage(Generic[T]):
    """How a list of people hangs together.

    Attributes:
        parents_first: everybody after the own sponsor; those of a circle, and whoever stands
            below one, are left out.
        circles: people who lead back to themselves: the first names the second as the sponsor, the
            last names the first.
    """

    parents_first: tuple[T, ...]
    circles: tuple[tuple[T, ...], ...]


def trace(sponsors: Mapping[T, T | None]) -> Lineage[T]:
    """Bring people into an order in which each comes after the sponsor.

    Args:
        sponsors: the sponsor of each; one who is not in the list counts as nobody.
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
    """The circles among those who were not reached, each once, from its first in the list on."""
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
