"""Two bots in one process: each answers its own people, from its own database."""

from pathlib import Path

from tests.faults.looking import said, sell
from tests.stage import Given, Stage

OFFICE = Given("Budi Wijaya", "Bapak", "PUSAT", roles=("admin",))


async def test_each_of_two_bots_uses_its_own_database(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    given = [OFFICE, Given("Sari Dewi", sponsor="Budi")]
    async with Stage(first, given) as one, Stage(second, given) as other:
        assert await sell(one, "Sari", "Ani") == "S-1001"
        assert said(other, "Sari") == []
        assert await sell(other, "Sari", "Rina") == "S-1001"
        assert await sell(one, "Sari", "Wati") == "S-1002"
