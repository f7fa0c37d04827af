"""What a line between dashes in a `.chat` file does."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from bot.core.dialogue import ANSWERS_MAX
from bot.store import ledger, members, roles, sessions, tables
from tests.chats.script import Step
from tests.stage import Stage, moment

__all__ = ["Directives"]

GROUP = -100

Action = Callable[[str], Awaitable[None]]
Change = Callable[[sessions.Session], sessions.Session]
Taps = dict[int, list[tuple[int, str]]]


class Directives:
    """One method for each word that may follow the dashes.

    `taps` holds what each person has pressed so far: message and data.
    """

    def __init__(self, stage: Stage, taps: Taps) -> None:
        self.stage = stage
        self.taps = taps
        self.phones = stage.telegram.phones

    async def follow(self, step: Step) -> None:
        """Do what the line says."""
        known: Action | None = getattr(self, f"on_{step.directive}", None)
        if known is None:
            raise SyntaxError(f"line {step.number}: nobody knows how to do {step.directive!r}")
        await known(step.args)

    async def on_restart(self, _args: str) -> None:
        await self.stage.stop()
        await self.stage.start()

    async def on_redelivered(self, _args: str) -> None:
        updates = self.stage.telegram.world.updates
        updates.deliver_again(updates.next_id - 1)

    async def on_at(self, args: str) -> None:
        await self.stage.move_clock(moment(args))

    async def on_blocked(self, args: str) -> None:
        self.phones.block(self.stage.user(args))

    async def on_forged(self, args: str) -> None:
        who, _, data = args.partition(": ")
        last = self._last(who)
        self.phones.forge(self.stage.user(who), last["message_id"], _addressed(last, data))

    async def on_again(self, args: str) -> None:
        who, _, back = args.partition(" ")
        message_id, data = self.taps[self.stage.user(who)][-int(back or 1)]
        self.phones.forge(self.stage.user(who), message_id, data)

    async def on_borrowed(self, args: str) -> None:
        who, _, owner = args.partition(": ")
        _, data = self.taps[self.stage.user(owner)][-1]
        self.phones.forge(self.stage.user(who), self._last(who)["message_id"], data)

    async def on_price(self, args: str) -> None:
        sku, price = args.split()
        await self.stage.write(lambda conn: _change(conn, sku, retail_price=int(price)))

    async def on_sold(self, args: str) -> None:
        await self.stage.write(lambda conn: _change(conn, args, active=1))

    async def on_unsold(self, args: str) -> None:
        await self.stage.write(lambda conn: _change(conn, args, active=0))

    async def on_lost(self, _args: str) -> None:
        self.stage.telegram.disturb("cut_after", times=1)

    async def on_code(self, args: str) -> None:
        now = self.stage.clock.now()
        await self.stage.write(lambda conn: roles.make_admin_code(conn, args, now))

    async def on_unmet(self, args: str) -> None:
        whose = tables.members.c.user_id == self.stage.user(args)
        change = tables.members.update().where(whose).values(user_id=None)
        await self.stage.write(lambda conn: conn.execute(change))

    async def on_card(self, args: str) -> None:
        slug, version = args.split()
        company = self.stage.company
        cards = [
            replace(card, version=int(version)) if card.slug == slug else card
            for card in company.cards
        ]
        assert tuple(cards) != company.cards, f"card {args}: nothing to renew"
        await self.stage.stop()
        self.stage.company = replace(company, cards=tuple(cards))
        await self.stage.start()

    async def on_aged(self, args: str) -> None:
        await self._rewrite(args, lambda open_: replace(open_, version=open_.version - 1))

    async def on_long(self, args: str) -> None:
        await self._rewrite(
            args, lambda open_: replace(open_, answers=(open_.answers * ANSWERS_MAX)[:ANSWERS_MAX])
        )

    async def on_broken(self, args: str) -> None:
        sender = {"id": self.stage.newcomer(args), "first_name": args}
        message = {
            "message_id": 900,
            "date": "yesterday",
            "chat": {**sender, "type": "private"},
            "from": {**sender, "is_bot": False},
            "text": "halo",
        }
        self.stage.telegram.world.updates.push_raw({"message": message})

    async def on_edited(self, args: str) -> None:
        who, _, text = args.partition(": ")
        person = self.stage.user(who)
        chat = self.stage.telegram.views.chat(person)
        mine = [message for message in chat["messages"] if message["from"]["id"] == person]
        self.phones.edit(person, mine[-1]["message_id"], text)

    async def on_group(self, args: str) -> None:
        who, _, text = args.partition(": ")
        person = self.stage.newcomer(who)
        if GROUP not in self.stage.telegram.world.chats:
            self.phones.group(GROUP, "Grup", [person])
        self.phones.say(person, text, chat=GROUP)

    async def on_ledger(self, args: str) -> None:
        who, kind, amount = args.split()
        found = await self.stage.read(lambda conn: _balance(conn, self.stage.user(who), kind))
        assert found == int(amount), f"ledger {args}: the balance is {found}"
        assert await self.stage.read(ledger.audit) == []

    async def _rewrite(self, who: str, change: Change) -> None:
        """Keep the open conversation of somebody as another one."""
        chat_id = self.stage.user(who)

        def unit(conn: Connection) -> None:
            session = sessions.load(conn, chat_id)
            assert session is not None, f"{who} has no conversation open"
            sessions.save(conn, change(session))

        await self.stage.write(unit)

    def _last(self, who: str) -> dict[str, Any]:
        chat = self.stage.telegram.views.chat(self.stage.user(who))
        last: dict[str, Any] = chat["messages"][-1]
        return last


def _addressed(message: dict[str, Any], data: str) -> str:
    """The data with `{ref}` and `{n}` filled in from the open question's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    own = (str(button.get("callback_data", "")) for row in rows for button in row)
    found = next((re.match(r"(\w+):(\d+):", one) for one in own if ":" in one), None)
    if found is not None:
        data = data.replace("{ref}", found[1]).replace("{n}", found[2])
    return data


def _balance(conn: Connection, user_id: int, kind: str) -> int:
    member = members.by_user(conn, user_id)
    assert member is not None, "only members have accounts"
    return ledger.balance(conn, f"member:{member.id}:{kind}")


def _change(conn: Connection, sku: str, **facts: int) -> None:
    """Change an article of the price list, or all of them."""
    change = tables.products.update().values(**facts)
    if sku != "semua":
        change = change.where(tables.products.c.sku == sku)
    conn.execute(change)
