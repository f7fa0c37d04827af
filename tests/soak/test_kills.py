"""The short form of the kill test; `make soak` is the long one."""

from pathlib import Path

import pytest

from tests.soak.checker import check
from tests.soak.company import FINE_LINE
from tests.soak.drive import soak

pytestmark = pytest.mark.soak

KILLS = 20
STOPS = 12


async def test_whatever_instant_the_bot_is_killed_at_nothing_is_lost_or_done_twice(
    tmp_path: Path,
) -> None:
    done = await soak(tmp_path, kills=KILLS, seed=7, kills_a_day=4)
    found = check(done)
    assert not found.wrong, "\n".join([*found.wrong, *done.log.read_text("utf-8").splitlines()])
    # All of it would hold as well if nothing had gone wrong.
    assert done.kills == KILLS
    assert sum(done.on_their_way) > 0
    assert found.doubts > 0
    assert found.repeated > 0
    assert {"cut_before", "cut_after", "http_500"} <= found.faults.keys()
    assert len(done.memory.receipts) > 5
    assert int(str(found.figures["tips"])) > 0
    assert done.memory.joined
    assert sum(phone.double_taps for phone in done.phones) > 0
    # Kills fell into the acts that move money, and a month was closed all the same.
    assert done.in_hand_at_kills["return"] > 0
    assert done.in_hand_at_kills["closing"] > 0
    assert done.kills_of_month > 0
    assert done.memory.closed


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True
)
async def test_the_same_holds_with_the_database_on_a_server(
    tmp_path: Path, database_url: str
) -> None:
    done = await soak(tmp_path, kills=6, seed=9, url=database_url)
    found = check(done)
    assert not found.wrong, "\n".join(found.wrong)
    assert done.kills == 6
    assert len(done.memory.receipts) > 5


async def test_a_bot_that_is_asked_to_stop_leaves_nothing_uncertain(tmp_path: Path) -> None:
    done = await soak(tmp_path, kills=0, stops=STOPS, seed=8, line=FINE_LINE)
    found = check(done)
    assert not found.wrong, "\n".join(found.wrong)
    assert len(done.stop_seconds) == STOPS + 1
    assert len(done.memory.receipts) > 5
    assert (found.doubts, found.repeated, max(done.on_their_way)) == (0, 0, 0)
