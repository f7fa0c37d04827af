"""All people of a soak at once, each with a phone."""

import asyncio
import itertools
import random

from sandbox.server import Sandbox
from tests.soak.company import FIRST_MONTH, SELLERS, TREASURER
from tests.soak.crowd.memory import Memory
from tests.soak.crowd.office import admin
from tests.soak.crowd.phone import Phone
from tests.soak.crowd.sellers import join, seller
from tests.soak.crowd.treasury import treasurer
from tests.stage import Stage

__all__ = ["PEOPLE", "Crowd"]

DOORS = 2
"""At each of which one newcomer after the other joins."""
PEOPLE = 2 + len(SELLERS) + DOORS


class Crowd:
    """Two admins, the sellers, and newcomers.

    Args:
        stage: the company.
        telegram: the stand-in for Telegram.
        memory: what they were told.
        phones: every phone is added here.
        chance: what they do.
    """

    def __init__(
        self,
        stage: Stage,
        telegram: Sandbox,
        memory: Memory,
        phones: list[Phone],
        chance: random.Random,
    ) -> None:
        self._stage = stage
        self._telegram = telegram
        self._memory = memory
        self._phones = phones
        self._chance = chance
        self._numbers = itertools.count(1)
        stage.telegram = telegram

    def phone(self, name: str) -> Phone:
        """Returns another phone in the hand of this person."""
        person = self._stage.user(name.split(maxsplit=1)[0])
        made = Phone(self._telegram, person, random.Random(self._chance.random()))
        self._phones.append(made)
        return made

    async def live(self) -> None:
        """Do what they do until the soak closes."""
        memory = self._memory
        codes = {name: self._stage.code(name.split()[0]) for name in ("Budi", *SELLERS)}
        money = treasurer(self.phone(TREASURER), memory, codes, FIRST_MONTH)
        async with asyncio.TaskGroup() as together:
            together.create_task(admin(self.phone("Budi"), memory, money=True))
            together.create_task(money)
            for name in SELLERS:
                together.create_task(seller(self.phone(name), memory))
            for _ in range(DOORS):
                together.create_task(self._door())

    async def _door(self) -> None:
        while not self._memory.closing:
            await self._memory.rest()
            name = f"Tamu{next(self._numbers)}"
            person = self._stage.newcomer(name)
            self._telegram.world.add_people(
                [{"id": person, "first_name": "Tamu", "phone": f"+62813{person:08d}"}]
            )
            sponsor = self._chance.choice(SELLERS).split()[0]
            code, above = self._stage.code(sponsor), self._stage.user(sponsor)
            await join(self.phone(name), self._memory, code, above)
