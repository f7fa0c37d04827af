"""Tells from a regular expression alone whether a search by it can cost more than its length.

A pattern is turned into an automaton whose states are the places at which it takes a character.
Matching tries paths of the automaton one after the other, so what matters is in how many ways the
same text can be walked (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991):

- twice round the same loop by the same text: the ways double with each round;
- a text that goes round one loop, leads from it to a second, and goes round that as well: at each
  repeat the path may change over, so the ways grow with the length, and more with each such pair.

Where a pattern is looked for anywhere in a text, the search for its beginning is a loop too.
A second loop that ends in a match whatever follows does no harm.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import chain
from typing import Any, Final

from tests.hostile.automaton import COPIES_MAX, Automaton

from re import _parser as parser  # type: ignore[attr-defined]  # isort: skip

__all__ = ["trouble"]

LOOP_MIN: Final = 10
"""From this number of repeats on, doubling at each takes practically for ever."""


_Pair = tuple[int, int, str]
"""Where two are who walk by the same text, and the character that both took."""

_Three = tuple[int, int, int, str]
"""The same of three: in a loop, between two loops, in the second loop."""


def trouble(pattern: str, flags: int, how: str) -> str | None:
    """Returns what makes a search cost more than its length, or None.

    Args:
        pattern: the regular expression.
        flags: as it is compiled with.
        how: the method by which it is used, such as `fullmatch`.
    """
    tree = parser.parse(pattern, flags)
    for loops_from, only_doubling in ((LOOP_MIN, True), (COPIES_MAX, False)):
        found = _Judged(tree, how, loops_from).trouble(only_doubling=only_doubling)
        if found is not None:
            return found
    return None


class _Judged(Automaton):
    """The automaton of a pattern, and what is wrong with it."""

    @cached_property
    def loops(self) -> list[set[int]]:
        """The states that lead back to themselves, together with those they share a loop with.

        A round in which the match is certain is none: from there on nothing has to be taken back.
        """
        graph: dict[int, set[int]] = {each: set() for each in self.can_fail}
        for (source, _), by in self.next_by.items():
            if source in graph:
                graph[source].update(each for each in chain(*by.values()) if each in graph)
        return [part for part in _components(graph) if len(part) > 1 or graph[min(part)] & part]

    def trouble(self, *, only_doubling: bool) -> str | None:
        """What is wrong with the pattern, in words."""
        if self.empty_rounds:
            return "a loop whose rounds may be empty"
        for loop in self.loops:
            if self._doubles(loop):
                return f"two ways round the same loop over {self._shown(loop)}"
        if only_doubling:
            return None
        for one in self.loops:
            reached = self._reached_from(one)
            for other in self.loops:
                if one is other or other.isdisjoint(reached):
                    continue
                if self._runs_into(one, other):
                    return (
                        f"a loop over {self._shown(one)} runs into one over {self._shown(other)}"
                    )
        return None

    def _reached_from(self, loop: set[int]) -> set[int]:
        """The states that can come after those of a loop by a text that goes round it as well."""
        taken = {sign for source, sign in self.next_by if source in loop}
        reached: set[int] = set()
        waiting = list(loop)
        while waiting:
            source = waiting.pop()
            for sign in taken:
                by = self.next_by.get((source, sign), {})
                targets = {each for after in taken & by.keys() for each in by[after]}
                waiting += targets - reached
                reached |= targets
        return reached

    def _doubles(self, loop: set[int]) -> bool:
        """Whether some text goes round a loop in two ways."""
        graph: dict[_Pair, set[_Pair]] = {}
        waiting: list[_Pair] = []
        for (first, sign), by in self.next_by.items():
            if first not in loop:
                continue
            for targets in by.values():
                inside = [each for each in targets if each in loop]
                if len(inside) != len(set(inside)):
                    return True
            waiting.append((first, first, sign))
        # Two ways part somewhere, so that only what can be reached from one and the same place
        # has to be looked at.
        while waiting:
            pair = first, second, sign = waiting.pop()
            if pair in graph:
                continue
            ways = self.next_by[second, sign]
            graph[pair] = {
                (a, b, following)
                for following, targets in self.next_by[first, sign].items()
                for a in targets
                for b in ways.get(following, ())
                if a in loop and b in loop
            }
            waiting += graph[pair]
        return any(
            any(a == b for a, b, _ in part) and any(a != b for a, b, _ in part)
            for part in _components(graph)
        )

    def _runs_into(self, one: set[int], other: set[int]) -> bool:
        """Whether some text goes round one loop, from it to the other, and round that.

        Three walk by the same text: one round the first loop, one over from the first loop to the
        second, one round the second. When the one between has arrived, it may set out again beside
        the first. Where that is part of a round of all three, there is such a text (Allauzen,
        Mohri, Rastogi, "General algorithms for testing the ambiguity of finite automata", 2008).
        """
        graph: dict[_Three, set[_Three]] = {}
        waiting = [
            (first, first, last, sign)
            for first in one
            for last in other
            for sign in self.kinds
            if (first, sign) in self.next_by and (last, sign) in self.next_by
        ]
        while waiting:
            state = waiting.pop()
            if state not in graph:
                graph[state] = set(self._walked(state, one, other))
                waiting += graph[state]
        return any(
            between == last and (first, first, last, sign) in part
            for part in _components(graph)
            for first, between, last, sign in part
        )

    def _walked(self, state: _Three, one: set[int], other: set[int]) -> Iterator[_Three]:
        first, between, last, before = state
        if between == last:
            yield first, first, last, before
        ways = self.next_by.get((between, before), {})
        for following, targets in self.next_by[first, before].items():
            rounds = [
                each for each in self.next_by[last, before].get(following, ()) if each in other
            ]
            if rounds:
                turns = [each for each in targets if each in one]
                yield from (
                    (turn, way, back, following)
                    for turn in turns
                    for way in ways.get(following, ())
                    for back in rounds
                )

    def _shown(self, loop: set[int]) -> str:
        signs = frozenset().union(*(self.nodes[each].signs or () for each in loop))
        few = "".join(each for each in self.kinds if each in signs)
        return ascii(few[:20])


def _components(
    graph: dict[Any, set[Any]],
) -> list[set[Any]]:
    """The strongly connected parts of a graph (Tarjan), without recursion."""
    each: Any
    number: dict[Any, int] = {}
    low: dict[Any, int] = {}
    stack: list[Any] = []
    held: set[Any] = set()
    parts: list[set[Any]] = []
    for root in graph:
        if root in number:
            continue
        work = [(root, iter(graph.get(root, ())))]
        number[root] = low[root] = len(number)
        stack.append(root)
        held.add(root)
        while work:
            at, following = work[-1]
            for each in following:
                if each not in number:
                    number[each] = low[each] = len(number)
                    stack.append(each)
                    held.add(each)
                    work.append((each, iter(graph.get(each, ()))))
                    break
                if each in held:
                    low[at] = min(low[at], number[each])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[at])
                if low[at] == number[at]:
                    part = {at}
                    while (each := stack.pop()) != at:
                        part.add(each)
                    held -= part
                    parts.append(part)
    return parts
