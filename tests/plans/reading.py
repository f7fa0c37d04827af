"""Reads a worked example: a plan, a tree with what was sold in it, and who is paid what.

The form, from the top of a file:

    # What the example shows, in one sentence.
    source: where the figures come from
    # any further line of this kind is for people only

    plan:                          the lines of a plan file, read by the reader that the bot uses;
      [[version]]                  `plan: ../../examples/plans/x.toml` takes them from a file
      …
    tree:                          two spaces deeper is brought in by the one above
      ani points 300 bonus 18.000
        budi inactive
    sums:                          each member and rule that is paid, and its rupiah
      ani  selisih  1.080
    credits:                       where it is useful: member, rule, level, source, rupiah
      ani  selisih  0  ani  1.080        (`company` for all that was sold)
    ranks:                         where it is useful: all who are paid as of a rank
      ani  perunggu
    titles:                        where it is useful: the highest that each has ever reached
      ani  perak
    paid: 1.080                    all that the company pays; the seller's own margin is not in it
    kept: 0                        top rate × volume − paid, of the differential rule
    cut: 0                         what the caps take away

Words for a member: `points`, `bonus`, `customers`, `sales`, `accumulated`, each with a whole
number; `sold` with the part of the points that customers bought, left out where that is all;
`fixed` with rupiah of bonus value at the unit of another month; `rank` with the slug of what was
reached before, `given` with that of a rank given by hand; `inactive`. Another `plan:` or `tree:`
further down begins another case, with the last tree or plan before it.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.company.plan_file import read_plan
from bot.core.plans import Version
from tests.plans.cases import EXPECTED, Case, Example, Person

__all__ = ["read", "whole"]

INDENT = 2
LANGUAGES = ("id", "en")
SECTION = re.compile(rf"(plan|tree|{'|'.join(EXPECTED)}):(?: (\S.*))?")
WORD = re.compile(
    r"inactive|(points|bonus|customers|sales|accumulated|sold|fixed) ([\d.]+)"
    r"|(rank|given) ([a-z0-9-]+)"
)


@dataclass
class _Section:
    name: str
    beside: str
    lines: list[str] = field(default_factory=list)


def whole(text: str) -> int:
    """1.000.000"""
    assert re.fullmatch(r"\d{1,3}(\.\d{3})*|\d+", text), f"{text} is not a whole number"
    return int(text.replace(".", ""))


def read(file: Path) -> Example:
    """Returns the example in a file; any line it cannot read is an error."""
    lines = file.read_text("utf-8").splitlines()
    assert lines[0].startswith("# "), f"{file}: no title"
    assert lines[1].startswith("source: "), f"{file}: no source"
    example = Example(lines[0].removeprefix("# "), lines[1].removeprefix("source: "))
    version: Version | None = None
    people: list[Person] = []
    case: Case | None = None
    for section in _sections(lines[2:]):
        if section.name == "plan":
            version, case = _plan(file, section), None
        elif section.name == "tree":
            people, case = _people(section.lines), None
        else:
            if case is None:
                assert version is not None, f"{file}: no plan"
                assert people, f"{file}: no tree"
                case = Case(version, people)
                example.cases.append(case)
            _expect(case, section)
    return example


def _sections(lines: list[str]) -> list[_Section]:
    found: list[_Section] = []
    for line in lines:
        if line.startswith("#"):
            continue
        if line.startswith(" ") or not line:
            if found:
                found[-1].lines.append(line)
            continue
        head = SECTION.fullmatch(line)
        assert head is not None, f"not understood: {line}"
        found.append(_Section(head[1], head[2] or ""))
    for section in found:
        if section.name != "plan":
            section.lines = [line for line in section.lines if line]
    return found


def _plan(file: Path, section: _Section) -> Version:
    if section.beside:
        plan, faults = read_plan(file.parent / section.beside, LANGUAGES)
    else:
        with TemporaryDirectory() as folder:
            written = Path(folder) / "plan.toml"
            written.write_text("\n".join(section.lines), "utf-8")
            plan, faults = read_plan(written, LANGUAGES)
    assert faults == [], f"{file}: {faults}"
    return plan.versions[-1]


def _people(lines: list[str]) -> list[Person]:
    people: list[Person] = []
    above: list[Person] = []
    for line in lines:
        depth = (len(line) - len(line.lstrip())) // INDENT - 1
        assert depth <= len(above), f"too deep: {line}"
        del above[depth:]
        name, _, words = line.strip().partition(" ")
        person = Person(len(people) + 1, name, above[-1].id if above else None)
        assert name not in {each.name for each in people}, f"twice: {name}"
        at = 0
        while at < len(words):
            word = WORD.match(words, at)
            assert word is not None, f"not understood: {line}"
            person = _with(person, word)
            at = word.end() + 1
        people.append(person)
        above.append(person)
    return people


def _with(person: Person, word: re.Match[str]) -> Person:
    if word[0] == "inactive":
        return replace(person, active=False)
    if word[3] is not None:
        ranks: dict[str, Any] = {word[3]: word[4]}
        return replace(person, **ranks)
    figures: dict[str, Any] = {word[1]: whole(word[2])}
    return replace(person, **figures)


def _expect(case: Case, section: _Section) -> None:
    assert getattr(case, section.name) is None, f"{section.name} is said twice"
    rows = [line.split() for line in section.lines]
    match section.name:
        case "sums":
            case.sums = {(who, rule): whole(sum_) for who, rule, sum_ in rows}
            assert len(case.sums) == len(rows), "a sum is said once"
        case "credits":
            case.credits = sorted(
                (who, rule, int(level), source, whole(sum_))
                for who, rule, level, source, sum_ in rows
            )
        case "ranks":
            case.ranks = dict(_pair(row) for row in rows)
        case "titles":
            case.titles = dict(_pair(row) for row in rows)
        case _:
            assert not rows, f"{section.name} is one figure"
            setattr(case, section.name, whole(section.beside))


def _pair(row: list[str]) -> tuple[str, str]:
    who, rank = row
    return who, rank
