"""The short forms of a broadcast and of its corrections under kills.

`make soak-broadcast` and `make soak-correction` are the long ones.
"""

from pathlib import Path

import pytest

from tests.soak import correction
from tests.soak.broadcast import broadcast_soak, check

pytestmark = pytest.mark.soak

PEOPLE = 200
KILLS = 4


async def test_a_broadcast_reaches_no_member_twice_however_often_the_bot_is_killed(
    tmp_path: Path,
) -> None:
    done = await broadcast_soak(tmp_path, people=PEOPLE, kills=KILLS, seed=3, life=(0.3, 1.5))
    found = check(done)
    assert not found.wrong, "\n".join([*found.wrong, *done.log.read_text("utf-8").splitlines()])
    assert done.kills == KILLS


async def test_all_end_with_the_newest_text_however_often_the_bot_is_killed(
    tmp_path: Path,
) -> None:
    done = await correction.correction_soak(
        tmp_path, people=120, kills=KILLS, seed=3, life=(0.3, 1.0)
    )
    correction.check(done)
    assert not done.wrong, "\n".join([*done.wrong, *done.log.read_text("utf-8").splitlines()])
    assert done.kills == KILLS
