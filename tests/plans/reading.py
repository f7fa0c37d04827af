"""Reads a worked example: an indented tree, then for each rule who is paid what from whom."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.core.plans import Credit, Snapshot
from bot.core.plans.rates import rate_bp
from bot.core.plans.unilevel import Compression, Unilevel

INDENT = 2
PERSON = re.compile(
    r"(?P<name>[a-z]+)(?P<inactive> inactive)?(?: points (?P<points>\S+))?"
    r"(?: sells (?P<sells>\S+))?"
)
RULE = re.compile(
    r"rule: (?P<rates>(?:\S+% )+)(?P<way>none|skip-inactive)(?: (?P<points>\d+) points)?"
)


@dataclass
class Case:
    """One rule over the tree, and what it has to pay."""

    rule: Unilevel
    credits: list[tuple[str, int, str, int]] = field(default_factory=list)
    paid: int = 0


@dataclass
class Example:
    """A file."""

    title: str
    source: str
    names: dict[str, int] = field(default_factory=dict)
    rows: list[tuple[int, int | None, bool, int, int]] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)

    def month(self) -> Snapshot:
        """The tree and the sales."""
        return Snapshot.of(self.rows)

    def named(self, credit: Credit) -> tuple[str, int, str, int]:
        """A credit in the words of the file."""
        names = {number: name for name, number in self.names.items()}
        return names[credit.member_id], credit.level, names[credit.source_id], credit.amount


def whole(text: str) -> int:
    """1.000.000"""
    return int(text.replace(".", ""))


def read(file: Path) -> Example:
    """The example in a file; what is not understood is an error."""
    lines = file.read_text("utf-8").splitlines()
    example = Example(lines[0].removeprefix("# "), lines[1].removeprefix("source: "))
    assert lines[1].startswith("source: "), f"{file}: no source"
    above: list[int] = []
    in_tree = False
    for line in lines[2:]:
        if not line:
            continue
        if line == "tree:":
            in_tree = True
        elif line.startswith("rule: "):
            in_tree = False
            example.cases.append(Case(_rule(line)))
        elif line.startswith("paid: "):
            example.cases[-1].paid = whole(line.removeprefix("paid: "))
        elif in_tree:
            _person(example, line, above)
        else:
            member, level, source, amount = line.split()
            example.cases[-1].credits.append((member, int(level), source, whole(amount)))
    return example


def _rule(line: str) -> Unilevel:
    found = RULE.fullmatch(line)
    assert found is not None, line
    rates = tuple(rate_bp(each) or 0 for each in found["rates"].split())
    way: Compression = "none" if found["way"] == "none" else "skip-inactive"
    return Unilevel("tim", (), rates, way, int(found["points"] or 0))


def _person(example: Example, line: str, above: list[int]) -> None:
    depth = (len(line) - len(line.lstrip())) // INDENT - 1
    found = PERSON.fullmatch(line.strip())
    assert found is not None, line
    number = len(example.names) + 1
    example.names[found["name"]] = number
    del above[depth:]
    sponsor = above[-1] if above else None
    above.append(number)
    points, sells = whole(found["points"] or "0"), whole(found["sells"] or "0")
    example.rows.append((number, sponsor, not found["inactive"], points, sells))
