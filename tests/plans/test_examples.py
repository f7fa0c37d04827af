"""Every worked example comes out to the rupiah: read by the bot's reader, paid by its plans."""

from collections import Counter
from pathlib import Path

import pytest

from bot.core.plans import Credit, Differential, PlanOutcome, Snapshot, month_under, work_out
from bot.core.plans.kinds import PAID
from bot.core.plans.rates import share
from bot.core.plans.values import COMPANY
from tests.plans.cases import Case
from tests.plans.oracle import margins_by_hand, paid_by_hand
from tests.plans.oracle_people import People
from tests.plans.reading import read

FILES = sorted(Path(__file__).parent.glob("*.plan"))


def month_of(case: Case) -> Snapshot:
    return Snapshot.of([person.row(case.version) for person in case.people])


def margins_of(case: Case) -> list[Credit]:
    """Returns what sellers keep of the price, by the rules that only name it."""
    month = month_under(case.version, month_of(case))
    return [each for rule in case.version.retail for each in rule.margins(month)]


def found_in(case: Case, outcome: PlanOutcome) -> dict[str, object]:
    """Returns all that a file may say of a case."""
    names = {COMPANY: "company", **{person.id: person.name for person in case.people}}
    sums: Counter[tuple[str, str]] = Counter()
    for credit in outcome.credits + margins_of(case):
        sums[names[credit.member_id], credit.rule] += credit.amount
    lines = [
        (names[each.member_id], each.rule, each.level, names[each.source_id], each.amount)
        for each in outcome.credits
    ]
    slugs = ["", *(rank.slug for rank in case.version.ranks)]
    called = {
        what: {
            person.name: slugs[number]
            for person, number in zip(case.people, numbers, strict=False)
            if number
        }
        for what, numbers in (("ranks", outcome.ranks), ("titles", outcome.titles))
    }
    paid = sum(credit.amount for credit in outcome.credits)
    found = {"sums": dict(sums), "credits": sorted(lines), "paid": paid, "cut": outcome.cut}
    return {**found, **called, "kept": kept_in(case, outcome)}


def kept_in(case: Case, outcome: PlanOutcome) -> int:
    """Top rate × volume − paid, of the one differential rule of a version; 0 without one."""
    value = sum(person.bonus for person in case.people) * case.version.point_value
    differentials = [rule for rule in case.version.rules if isinstance(rule, Differential)]
    if not differentials:
        return 0
    (rule,) = differentials
    paid = sum(credit.amount for credit in outcome.credits if credit.rule == rule.slug)
    return share(value, rule.most_bp) - paid


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_worked_example(file: Path) -> None:
    example = read(file)
    assert example.cases
    for number, case in enumerate(example.cases, start=1):
        found = found_in(case, work_out(case.version, month_of(case)))
        said = case.said()
        assert said, f"case {number} says nothing"
        assert {what: found[what] for what in said} == said, f"case {number}"


def test_every_kind_is_worked_by_hand() -> None:
    versions = [case.version for file in FILES for case in read(file).cases]
    assert {rule.kind for version in versions for rule in version.rules} == set(PAID)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_worked_example_matches_the_oracle(file: Path) -> None:
    for case in read(file).cases:
        rows = [person.row(case.version) for person in case.people]
        people = People(case.version, rows)
        by_hand: Counter[tuple[int, str]] = Counter()
        for line in paid_by_hand(case.version, rows):
            by_hand[line.member, line.rule] += line.amount
        for rule in case.version.retail:
            for who, margin in margins_by_hand(rule, people).items():
                by_hand[who, rule.slug] += margin
        if case.sums is not None:
            names = {person.id: person.name for person in case.people}
            assert {(names[who], rule): by_hand[who, rule] for who, rule in by_hand} == case.sums
        if case.ranks is not None:
            ranks = {each.name: people.rank(each.id) for each in case.people}
            slugs = [rank.slug for rank in case.version.ranks]
            assert {who: slugs[rank - 1] for who, rank in ranks.items() if rank} == case.ranks
        if case.paid is not None:
            paid = sum(line.amount for line in paid_by_hand(case.version, rows))
            assert paid == case.paid
