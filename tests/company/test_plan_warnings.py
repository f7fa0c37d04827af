"""The most that a plan can pay, and the warnings about it."""

from pathlib import Path

import pytest

from bot.company.plan_file import read_plan, warnings_of
from tests.company.english import in_english


def capped(company: str, rate: str, point_value: int = 1) -> str:
    caps = f'[version.caps]\ncompany = "{company}"\n' if company else ""
    return (
        f'[[version]]\nsince = "2026-01"\nqualify_by = "sold"\n'
        f"point_value = {point_value}\n{caps}[[version.rule]]\n"
        f'kind = "unilevel"\nslug = "tim"\nid = "Tim"\nen = "Team"\nrates = ["{rate}"]\n'
    )


@pytest.mark.parametrize(
    ("company", "rate", "point_value", "said"),
    [
        ("", "40%", 1, []),
        ("", "40,01%", 1, ["there is no cap"]),
        ("40%", "40%", 1, []),
        ("35%", "36%", 1, ["all bonuses are cut"]),
        ("45%", "45%", 1, ["the cap of the company is 45 %"]),
        ("45%", "50%", 1, ["all bonuses are cut", "the cap of the company is 45 %"]),
        ("40%", "10%", 2_600, ["With a point value"]),
        ("40%", "50%", 2_600, ["all bonuses are cut"]),
    ],
)
def test_warnings_are_shown_and_stop_nothing(
    tmp_path: Path, company: str, rate: str, point_value: int, said: list[str]
) -> None:
    file = tmp_path / "plan.toml"
    file.write_text(capped(company, rate, point_value), "utf-8")
    plan, faults = read_plan(file, ("id", "en"))
    assert faults == []
    found = [in_english(each) for each in warnings_of(plan)]
    assert len(found) == len(said)
    for part, warning in zip(said, found, strict=True):
        assert part in warning
        assert warning.startswith("Version 2026-01: ")
    if any("there is no cap" in part or "the cap of" in part for part in said):
        assert "not confirmed" in found[-1]
