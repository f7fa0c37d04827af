"""The short form of the hostile crowd; `make soak-hostile` is the long one."""

from pathlib import Path

import pytest

from tests.soak.hostile import crowd

pytestmark = pytest.mark.soak


async def test_hostile_texts_cost_no_other_person_an_answer(tmp_path: Path) -> None:
    found = await crowd(tmp_path, minutes=0.2, seed=5, people=6, timed=False)
    assert found.wrong == []
    assert int(str(found.figures["hostile messages"])) > 20
    assert int(str(found.figures["their answers"])) > 5
