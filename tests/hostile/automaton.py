"""A regular expression as an automaton: its states are the places that take a character."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from tests.hostile.signs import SAMPLES, Unreadable, named, takes

from re import _constants as sre  # type: ignore[attr-defined]  # isort: skip

__all__ = ["COPIES_MAX", "Automaton"]

COPIES_MAX: Final = 64
"""A repeat that may end sooner than this is written out; a longer one is not judged."""

BEGIN, END = "begin", "end"
"""What precedes the first character and follows the last."""

Condition = tuple[str, frozenset[str]]
"""What must hold between two characters: of the one before or the one behind."""


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


class Automaton:
    """The automaton of one pattern."""

    def __init__(self, tree: Any, how: str, loops_from: int) -> None:
        self.flags: int = tree.state.flags
        self._sets: dict[tuple[Any, str, int], frozenset[str]] = {}
        self.loops_from = loops_from
        self.groups: dict[int, Any] = {}
        self.empty_rounds = False
        self.signs = sorted({*SAMPLES, *named(tree)})
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
        self._link(
            last, self.accept, ("next in", frozenset({END})) if how == "fullmatch" else None
        )

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

    def _item(  # noqa: C901 - one line for each thing that a pattern can hold
        self, op: Any, value: Any, at: int, flags: int
    ) -> int:
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
        which = (op, str(value), flags)
        if which not in self._sets:  # the same letter stands at thousands of places
            self._sets[which] = frozenset(
                each for each in self.signs if takes(op, value, each, flags)
            )
        return self._sets[which]

    # Judging

    @cached_property
    def steps(self) -> dict[int, list[_Step]]:
        """From each taken character, each way to the next; a way that is there twice, twice."""
        sources = [
            self.start,
            *(at for at, node in enumerate(self.nodes) if node.signs is not None),
        ]
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
            signs
            for steps in self.steps.values()
            for step in steps
            for _, signs in step.conditions
        }
        marks = list(sets)
        return list(
            {tuple(each in signs for signs in marks): each for each in self.signs}.values()
        )

    @cached_property
    def next_by(self) -> dict[tuple[int, str], dict[str, list[int]]]:
        """By state and the character it took, then by the next one: the states that take that."""
        found: dict[tuple[int, str], dict[str, list[int]]] = {}
        for source, steps in self.steps.items():
            before = self.nodes[source].signs
            ways = [(step, self._kinds_of(step.to)) for step in steps]
            free = None if any(step.conditions for step in steps) else self._onward(ways, "")
            for sign in self.kinds if before is not None else [BEGIN]:
                if before is None or sign in before:
                    found[source, sign] = self._onward(ways, sign) if free is None else free
        return found

    def _kinds_of(self, state: int) -> list[str]:
        signs = self.nodes[state].signs or frozenset()
        return [each for each in self.kinds if each in signs]

    @staticmethod
    def _onward(ways: list[tuple[_Step, list[str]]], sign: str) -> dict[str, list[int]]:
        """By the next character, the states that take it after this one."""
        by: dict[str, list[int]] = {}
        for step, taken in ways:
            for following in taken:
                if _holds(step.conditions, sign, following):
                    by.setdefault(following, []).append(step.to)
        return by

    @cached_property
    def can_fail(self) -> set[int]:
        """The states from which a match is not certain."""
        return {
            source
            for source, steps in self.steps.items()
            if all(step.to != self.accept or step.conditions for step in steps)
        }


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
