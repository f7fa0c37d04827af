"""Ranks keep their holders under a new name, and none is dropped unasked."""

from pathlib import Path

import pytest

from bot.company.plan_file import open_questions, read_plan
from bot.core.plans import Plan
from tests.company.english import english, in_english

RULE = """
[[version.rule]]
kind = "unilevel"
slug = "tim"
id = "Bonus tim"
en = "Team bonus"
rates = ["5%"]
"""


def version(since: str, *ranks: str, dropped: str = "") -> str:
    """A version; each rank is its slug, or `slug<earlier` with its earlier name."""
    tables = []
    for number, rank in enumerate(ranks, start=1):
        slug, _, was = rank.partition("<")
        line = f'was = "{was}"\n' if was else ""
        tables.append(
            f'[[version.rank]]\nslug = "{slug}"\n{line}id = "A"\nen = "A"\n'
            f"group_points = {number}\n"
        )
    keys = f"ranks_dropped = {dropped}\n" if dropped else ""
    return f'[[version]]\nsince = "{since}"\n{keys}{"".join(tables)}{RULE}'


def read(tmp_path: Path, *versions: str) -> tuple[Plan, list[str]]:
    file = tmp_path / "plan.toml"
    file.write_text("\n".join(versions), "utf-8")
    plan, faults = read_plan(file, ("id", "en"))
    return plan, [fault.replace(f"{file}:", "") for fault in english(faults)]


def test_a_chain_of_new_names_leads_to_the_rank_of_today(tmp_path: Path) -> None:
    plan, faults = read(
        tmp_path,
        version("2026-01", "perak", "emas"),
        version("2026-06", "perak", "platina<emas"),
        version("2027-01", "dasar", "perak", "permata<platina"),
    )
    assert faults == []
    assert open_questions(*plan.versions) == []
    assert [dict(each.rank_numbers) for each in plan.versions] == [
        {"perak": 1, "emas": 2},
        {"perak": 1, "platina": 2, "emas": 2},
        {"dasar": 1, "perak": 2, "permata": 3, "emas": 3, "platina": 3},
    ]


def test_a_dropped_rank_is_asked_about_until_the_file_answers(tmp_path: Path) -> None:
    first = version("2026-01", "perak", "emas")
    plan, faults = read(tmp_path, first, version("2026-06", "perak"), version("2027-01"))
    assert faults == []
    gold, silver = map(in_english, open_questions(*plan.versions))
    assert gold.startswith('Version 2026-06 has no rank "emas"')
    assert silver.startswith('Version 2027-01 has no rank "perak"')
    assert all(('was = "' in each and "ranks_dropped = [" in each) for each in (gold, silver))
    assert open_questions(plan.versions[0]) == []
    answered = (
        version("2026-06", "perak", dropped='["emas"]'),
        version("2027-01", dropped='["perak"]'),
    )
    plan, faults = read(tmp_path, first, *answered)
    assert (faults, open_questions(*plan.versions)) == ([], [])
    assert "emas" not in plan.versions[1].rank_numbers


def test_a_later_version_may_answer_for_the_months_under_it(tmp_path: Path) -> None:
    plan, faults = read(
        tmp_path,
        version("2026-01", "emas"),
        version("2026-06", "perak"),
        version("2027-01", "perak", "permata<emas"),
    )
    assert faults == []
    assert len(open_questions(plan.versions[1])) == 1
    assert open_questions(plan.versions[2]) == []
    assert plan.versions[2].rank_numbers["emas"] == 2


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (version("2026-06", "perak", "emas<perak"), 'names "perak", which is a rank of this'),
        (version("2026-06", "perak", "a<gold"), "names 'gold', which is no rank that an earlier"),
        (version("2026-06", "a<emas", "b<emas", "perak"), 'names "emas" a second time'),
        (version("2026-06", "perak", dropped='["gold"]'), 'names "gold", which is no rank that'),
        (version("2026-06", "perak", dropped='["perak"]'), 'names "perak", which is a rank of'),
        (
            version("2026-06", "perak", dropped='"emas"'),
            'must be a list of slugs, such as ["emas"]',
        ),
    ],
)
def test_what_cannot_be_meant_is_a_fault(tmp_path: Path, second: str, said: str) -> None:
    _, faults = read(tmp_path, version("2026-01", "perak", "emas"), second)
    assert any(said in fault for fault in faults), faults
    assert all(fault[0].isdigit() for fault in faults), "each names its line"


def test_an_earlier_name_is_not_given_to_another_rank(tmp_path: Path) -> None:
    _, faults = read(
        tmp_path,
        version("2026-01", "emas"),
        version("2026-06", "platina<emas"),
        version("2027-01", "emas", "platina"),
    )
    (fault,) = faults
    assert "is an earlier name of the rank platina" in fault


def test_a_new_name_is_part_of_the_digest_and_a_plan_without_one_keeps_its_own(
    tmp_path: Path,
) -> None:
    """Closed months have the digest of the version they were closed under."""
    before = read(tmp_path, version("2026-01", "emas"))[0].versions[0].digest
    assert before == "f8f924540f6ccf87"
    versions = (version("2026-01", "emas"), version("2026-06", "platina<emas"))
    plan, _ = read(tmp_path, *versions)
    alone, _ = read(tmp_path, version("2026-06", "platina"))
    assert plan.versions[0].digest == before
    assert plan.versions[1].digest != alone.versions[0].digest
