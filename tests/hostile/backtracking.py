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

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Final

from re import _constants as sre  # type: ignore[attr-defined]  # isort: skip
from re import _parser as parser  # type: ignore[attr-defined]  # isort: skip

__all__ = ["Unreadable", "trouble"]

COPIES_MAX: Final = 64
"""A repeat that may end sooner than this is written out; a longer one counts as endless."""

LOOP_MIN: Final = 10
"""From so many repeats on, doubling at each is as good as for ever."""

BEGIN, END = "begin", "end"
"""What stands before the first character and behind the last."""

SAMPLES: Final = "".join(map(chr, range(128))) + "éÉßıİſK½²٣５ªǅ中𝐚😀—–“”’…•·\u00a0\u0085\u2028\u0301\u200b\ud800"

Condition = tuple[str, frozenset[str]]
"""What must hold between two characters: of the one before or the one behind."""


class Unreadable(Exception):  # noqa: N818 - a verdict, not an error
    """The pattern has something in it that cannot be judged."""


def trouble(pattern: str, flags: int, how: str) -> str | None:
    """Returns what makes a search cost more than its length, or None.

    Args:
        pattern: the regular expression.
        flags: as it is compiled with.
        how: the method by which it is used, such as `fullmatch`.
    """
    tree = parser.parse(pattern, flags)
    for loops_from, only_doubling in ((LOOP_MIN, True), (COPIES_MAX, False)):
        found = _Machine(tree, how, loops_from).trouble(only_doubling=only_doubling)
        if found is not None:
            return found
    return None


@dataclass(slots=True)
class _Node:
    """A place in the pattern; `signs` are those it takes, None for one that takes none."""

    signs: frozenset[str] | None = None
    onward: list[tuple[int, Condition | None]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Step:
    """A way from one taken character to the next, on the conditions that lie between."""

    to: int
    conditions: frozenset[Condition]


class _Machine:
    """The automaton of one pattern."""

    def __init__(self, tree: Any, how: str, loops_from: int) -> None:
        self.flags: int = tree.state.flags
        self.loops_from = loops_from
        self.groups: dict[int, Any] = {}
        self.empty_rounds = False
        self.signs = sorted({*SAMPLES, *_named(tree)})
        self.nodes: list[_Node] = []
        self.start = self._new()
        self.accept = self._new()
        begin = self.start
        if how not in {"match", "fullmatch"}:
            anything = self._new(frozenset(self.signs))
            begin = self._new()
            self._link(self.start, anything)
            self._link(self.start, begin)
            self._link(anything, anything)
            self._link(anything, begin)
        last = self._sequence(tree, begin, self.flags)
        self._link(last, self.accept, ("next in", frozenset({END})) if how == "fullmatch" else None)

    # Building

    def _new(self, signs: frozenset[str] | None = None) -> int:
        self.nodes.append(_Node(signs))
        return len(self.nodes) - 1

    def _link(self, source: int, target: int, condition: Condition | None = None) -> None:
        self.nodes[source].onward.append((target, condition))

    def _sequence(self, items: Iterable[Any], at: int, flags: int) -> int:
        for op, value in items:
            at = self._item(op, value, at, flags)
        return at

    def _item(self, op: Any, value: Any, at: int, flags: int) -> int:
        match op:
            case sre.LITERAL | sre.NOT_LITERAL | sre.ANY | sre.IN:
                taken = self._new(self._set(op, value, flags))
                self._link(at, taken)
                return taken
            case sre.BRANCH:
                end = self._new()
                for each in value[1]:
                    begin = self._new()
                    self._link(at, begin)
                    self._link(self._sequence(each, begin, flags), end)
                return end
            case sre.SUBPATTERN:
                group, add, drop, inner = value
                if group is not None:
                    self.groups[group] = inner
                return self._sequence(inner, at, (flags | add) & ~drop)
            case sre.ATOMIC_GROUP:
                return self._sequence(value, at, flags)
            case sre.GROUPREF:
                return self._sequence(self.groups[value], at, flags)
            case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
                return self._repeat(op, value, at, flags)
            case sre.ASSERT | sre.ASSERT_NOT:
                return self._look(op, value, at, flags)
            case sre.AT:
                end = self._new()
                for condition in self._place(value, flags):
                    self._link(at, end, condition)
                return end
            case _:
                raise Unreadable(str(op))

    def _repeat(self, op: Any, value: Any, at: int, flags: int) -> int:
        least, most, inner = value
        if least > COPIES_MAX:
            raise Unreadable(f"{least} repeats at least")
        for _ in range(least):
            at = self._sequence(inner, at, flags)
        end = self._new()
        single = self._single(inner, flags)
        over: Condition | None = None
        if op is sre.POSSESSIVE_REPEAT and single is not None:
            over = ("next not", single)
        if most == sre.MAXREPEAT or most >= self.loops_from:
            self.empty_rounds |= inner.getwidth()[0] == 0
            loop = self._new()
            self._link(at, loop)
            self._link(self._sequence(inner, loop, flags), loop)
            self._link(loop, end, over)
            return end
        for _ in range(most - least):
            self._link(at, end, over)
            at = self._sequence(inner, at, flags)
        self._link(at, end)
        return end

    def _look(self, op: Any, value: Any, at: int, flags: int) -> int:
        """A look ahead or back at one character is a condition; a longer one is tried as well."""
        direction, inner = value
        end = self._new()
        near = inner if direction > 0 else list(inner)[-1:]
        signs = self._single(near, flags)
        whole = signs is not None and len(list(inner)) == 1
        where = "next" if direction > 0 else "prev"
        if signs is not None and (whole or (op is sre.ASSERT and direction < 0)):
            word = "in" if op is sre.ASSERT else "not"
            self._link(at, end, (f"{where} {word}", signs))
            return end
        if direction > 0:
            self._sequence(inner, at, flags)  # leads to nothing, but is walked
        self._link(at, end, ("unsure", frozenset()))
        return end

    def _place(self, where: Any, flags: int) -> list[Condition]:
        begins = {BEGIN, *("\n" if flags & re.MULTILINE else "")}
        match where:
            case sre.AT_BEGINNING:
                return [("prev in", frozenset(begins))]
            case sre.AT_BEGINNING_STRING:
                return [("prev in", frozenset({BEGIN}))]
            case sre.AT_END:
                return [("next in", frozenset({END, "\n"}))]
            case sre.AT_END_STRING:
                return [("next in", frozenset({END}))]
            case sre.AT_BOUNDARY:
                return [("differ", self._words(flags))]
            case sre.AT_NON_BOUNDARY:
                return [("agree", self._words(flags))]
            case _:
                raise Unreadable(str(where))

    def _words(self, flags: int) -> frozenset[str]:
        return frozenset(
            each
            for each in self.signs
            if (each.isalnum() or each == "_") and (each.isascii() or not flags & re.ASCII)
        )

    def _single(self, inner: Any, flags: int) -> frozenset[str] | None:
        """The characters of a part that always takes just one; None for any other."""
        items = list(inner)
        if len(items) != 1:
            return None
        op, value = items[0]
        if op is sre.SUBPATTERN:
            return self._single(value[3], (flags | value[1]) & ~value[2])
        if op is sre.BRANCH:
            parts = [self._single(each, flags) for each in value[1]]
            found = [each for each in parts if each is not None]
            return frozenset().union(*found) if len(found) == len(parts) else None
        if op in {sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN}:
            return self._set(op, value, flags)
        return None

    def _set(self, op: Any, value: Any, flags: int) -> frozenset[str]:
        return frozenset(each for each in self.signs if _takes(op, value, each, flags))

    # Judging

    @cached_property
    def steps(self) -> dict[int, list[_Step]]:
        """From each taken character, each way to the next; a way that is there twice, twice."""
        sources = [self.start, *(at for at, node in enumerate(self.nodes) if node.signs is not None)]
        return {source: list(self._steps_from(source)) for source in sources}

    def _steps_from(self, source: int) -> Iterator[_Step]:
        ways: list[tuple[int, frozenset[Condition], frozenset[int]]]
        ways = [(source, frozenset(), frozenset())]
        while ways:
            at, conditions, seen = ways.pop()
            for target, condition in self.nodes[at].onward:
                if target in seen:
                    continue
                more = conditions if condition is None else conditions | {condition}
                if self.nodes[target].signs is not None or target == self.accept:
                    yield _Step(target, more)
                else:
                    ways.append((target, more, seen | {target}))

    @cached_property
    def kinds(self) -> list[str]:
        """One character for each kind that the pattern tells apart."""
        sets = {node.signs for node in self.nodes if node.signs is not None}
        sets |= {
            signs for steps in self.steps.values() for step in steps for _, signs in step.conditions
        }
        marks = list(sets)
        return list({tuple(each in signs for signs in marks): each for each in self.signs}.values())

    @cached_property
    def next_by(self) -> dict[tuple[int, str], dict[str, list[int]]]:
        """For a state and the character it took: by the next character, the states that take it."""
        found: dict[tuple[int, str], dict[str, list[int]]] = {}
        for source, steps in self.steps.items():
            before = self.nodes[source].signs
            for sign in self.kinds if before is not None else [BEGIN]:
                if before is not None and sign not in before:
                    continue
                by: dict[str, list[int]] = {}
                for step in steps:
                    taken = self.nodes[step.to].signs
                    for following in self.kinds if taken is not None else ():
                        if following in (taken or ()) and _holds(step.conditions, sign, following):
                            by.setdefault(following, []).append(step.to)
                found[source, sign] = by
        return found

    @cached_property
    def can_fail(self) -> set[int]:
        """The states from which a match is not certain."""
        return {
            source
            for source, steps in self.steps.items()
            if all(step.to != self.accept or step.conditions for step in steps)
        }

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
            for other in self.loops:
                if one is not other and self._runs_into(one, other):
                    return f"a loop over {self._shown(one)} runs into one over {self._shown(other)}"
        return None

    def _doubles(self, loop: set[int]) -> bool:
        """Whether some text goes round a loop in two ways."""
        graph: dict[tuple[int, int, str], set[tuple[int, int, str]]] = {}
        for (first, sign), by in self.next_by.items():
            if first not in loop:
                continue
            for targets in by.values():
                inside = [each for each in targets if each in loop]
                if len(inside) != len(set(inside)):
                    return True
            for second in loop:
                ways = self.next_by.get((second, sign))
                if ways is None:
                    continue
                graph[first, second, sign] = {
                    (a, b, following)
                    for following, targets in by.items()
                    for a in targets
                    for b in ways.get(following, ())
                    if a in loop and b in loop
                }
        return any(
            any(a == b for a, b, _ in part) and any(a != b for a, b, _ in part)
            for part in _components(graph)
        )

    def _runs_into(self, one: set[int], other: set[int]) -> bool:
        """Whether some text goes round one loop, from it to the other, and round that."""
        return any(
            self._pumped(first, last, sign, one, other)
            for first in one
            for last in other
            for sign in self.kinds
            if (first, sign) in self.next_by and (last, sign) in self.next_by
        )

    def _pumped(self, first: int, last: int, sign: str, one: set[int], other: set[int]) -> bool:
        goal = (first, last, last, sign)
        waiting = deque([(first, first, last, sign)])
        seen = set(waiting)
        while waiting:
            a, way, b, before = waiting.popleft()
            ways = self.next_by.get((way, before), {})
            for following, targets in self.next_by[a, before].items():
                rounds = [each for each in self.next_by[b, before].get(following, ()) if each in other]
                if not rounds:
                    continue
                for turn in (each for each in targets if each in one):
                    for between in ways.get(following, ()):
                        for back in rounds:
                            state = (turn, between, back, following)
                            if state == goal:
                                return True
                            if state not in seen:
                                seen.add(state)
                                waiting.append(state)
        return False

    def _shown(self, loop: set[int]) -> str:
        signs = frozenset().union(*(self.nodes[each].signs or () for each in loop))
        few = "".join(each for each in self.kinds if each in signs)
        return ascii(few[:20])


def _holds(conditions: Iterable[Condition], before: str, following: str) -> bool:
    for kind, signs in conditions:
        match kind:
            case "prev in":
                good = before in signs
            case "prev not":
                good = before not in signs
            case "next in":
                good = following in signs
            case "next not":
                good = following not in signs
            case "unsure":
                good = True
            case "differ":
                good = (before in signs) != (following in signs)
            case _:
                good = (before in signs) == (following in signs)
        if not good:
            return False
    return True


def _takes(op: Any, value: Any, sign: str, flags: int) -> bool:
    cases = {sign, sign.lower(), sign.upper()} if flags & re.IGNORECASE else {sign}
    match op:
        case sre.ANY:
            return sign != "\n" or bool(flags & re.DOTALL)
        case sre.LITERAL:
            return chr(value) in cases or (len(cases) > 1 and chr(value).lower() in cases)
        case sre.NOT_LITERAL:
            return not _takes(sre.LITERAL, value, sign, flags)
        case sre.RANGE:
            low, high = value
            return any(len(each) == 1 and low <= ord(each) <= high for each in cases)
        case sre.CATEGORY:
            return _in_category(value, sign, flags)
        case _:
            inside = any(
                _takes(kind, what, sign, flags) for kind, what in value if kind is not sre.NEGATE
            )
            return inside != (value[0][0] is sre.NEGATE)


def _in_category(category: Any, sign: str, flags: int) -> bool:
    known = not flags & re.ASCII or sign.isascii()
    match category:
        case sre.CATEGORY_DIGIT | sre.CATEGORY_NOT_DIGIT:
            return (sign.isdecimal() and known) == (category is sre.CATEGORY_DIGIT)
        case sre.CATEGORY_SPACE | sre.CATEGORY_NOT_SPACE:
            return (sign.isspace() and known) == (category is sre.CATEGORY_SPACE)
        case sre.CATEGORY_WORD | sre.CATEGORY_NOT_WORD:
            word = (sign.isalnum() or sign == "_") and known
            return word == (category is sre.CATEGORY_WORD)
        case _:
            raise Unreadable(str(category))


def _named(items: Iterable[Any]) -> Iterator[str]:
    """The characters that a pattern names, and those beside the ends of its ranges."""
    for op, value in items:
        if op in {sre.LITERAL, sre.NOT_LITERAL}:
            yield from {chr(value), chr(value).lower()[:1], chr(value).upper()[:1]}
        elif op is sre.RANGE:
            yield from map(chr, {max(value[0] - 1, 0), value[0], value[1], min(value[1] + 1, 0x10FFFF)})
        elif op is sre.IN:
            yield from _named(value)
        elif op is sre.BRANCH:
            for each in value[1]:
                yield from _named(each)
        elif op is sre.SUBPATTERN:
            yield from _named(value[3])
        elif op is sre.ATOMIC_GROUP:
            yield from _named(value)
        elif op in {sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT}:
            yield from _named(value[2])
        elif op in {sre.ASSERT, sre.ASSERT_NOT}:
            yield from _named(value[1])


def _components(graph: dict[Any, set[Any]]) -> list[set[Any]]:
    """The strongly connected parts of a graph (Tarjan), without recursion."""
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
                    part = set()
                    while True:
                        each = stack.pop()
                        held.discard(each)
                        part.add(each)
                        if each == at:
                            break
                    parts.append(part)
    return parts
