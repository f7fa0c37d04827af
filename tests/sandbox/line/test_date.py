"""Each answer to the bot bears the time of the sandbox's clock, a wrong one, or none."""

from email.utils import parsedate_to_datetime

import aiohttp

from sandbox.server import Sandbox
from tests.sandbox.cast import Ask


async def offset(telegram: Sandbox, http: aiohttp.ClientSession) -> float | None:
    """Returns the sandbox's clock less the date of the answer."""
    async with http.get(f"{telegram.url}/bot{telegram.token}/getMe") as answer:
        said = answer.headers.getall("Date", [])
    if not said:
        return None
    (date,) = said
    assert date.endswith("GMT")
    return parsedate_to_datetime(date).timestamp() - telegram.world.clock.now().timestamp()


async def test_the_date_is_that_of_the_clock_however_it_was_moved(
    telegram: Sandbox, http: aiohttp.ClientSession
) -> None:
    for days in (0, 400, -800):
        await telegram.move_clock(advance=days * 86_400)
        shift = await offset(telegram, http)
        assert shift is not None
        assert -2 < shift <= 0
    await telegram.move_clock(freeze=True)
    telegram.disturb("drip", method="getMe", seconds=0.1)
    assert await offset(telegram, http) is not None


async def test_the_date_can_be_wrong_or_missing(
    telegram: Sandbox, http: aiohttp.ClientSession, control: Ask
) -> None:
    telegram.tell_date(shift=-86_400)
    shift = await offset(telegram, http)
    assert shift is not None
    assert abs(shift + 86_400) < 2
    telegram.tell_date(absent=True)
    assert await offset(telegram, http) is None
    assert await control("date", shift=3600) == (200, {"shift": 3600.0, "absent": False})
    shift = await offset(telegram, http)
    assert shift is not None
    assert abs(shift - 3600) < 2
    assert (await control("date"))[0] == 200
    shift = await offset(telegram, http)
    assert shift is not None
    assert abs(shift) < 2
