"""What a line between dashes in a `.chat` file does."""

import asyncio
import base64
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from bot.company.plan_file import read_plan
from bot.conversation.after_outage import ask_again
from bot.conversation.flood_control import ANSWERS_OPEN_MAX, WORKED_MAX
from bot.core.calendar.timekeeping import ClockDoubt
from bot.core.conversation.replay import ANSWERS_MAX
from bot.core.customers.customer_keys import name_key
from bot.core.plans import Plan, work_out
from bot.core.sales.sales import receipt_id
from bot.jobs.closing_terms import ready_on
from bot.jobs.credit_facts import facts_of
from bot.services.bonus.close_month import TASKS as STEPS
from bot.services.months.closing_reports import show_progress, tell_failed
from bot.services.months.request_tasks import TASKS as REQUESTS
from bot.services.office.alerts import (
    Stuck,
    note_integrity,
    note_long_wait,
    tell_backups_fail,
    tell_stuck,
)
from bot.services.office.clock_alerts import tell_doubt, tell_right
from bot.store.bonus import closing, ranks
from bot.store.conversation import flood_control, sessions
from bot.store.customers import customers
from bot.store.db import schema
from bot.store.db.database import open_database
from bot.store.imports.roster import Entry
from bot.store.ledger import ledger, ledger_audit, periods, snapshots
from bot.store.members import members, roles
from bot.store.months import month_checks
from bot.store.products import list_version
from bot.store.queue import attachments, chat_queues, outbox
from tests.chats import sheets
from tests.chats.script import Step
from tests.stage import Stage, moment
from tests.store.imports import plain_import

__all__ = ["Directives"]

GROUP = -100
ENDED = 7_700_000
"""Numbers of updates, less their sender."""
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
"""A picture of one dot."""

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
        self.albums = self.sent = 0

    async def follow(self, step: Step) -> None:
        """Do what the line says."""
        known: Action | None = getattr(self, f"on_{step.directive}", None)
        if known is None:
            raise SyntaxError(f"line {step.number}: unknown directive {step.directive!r}")
        await known(step.args)

    async def on_restart(self, _args: str) -> None:
        await self.stage.stop()
        await self.stage.start()

    async def come_back(self, minutes: int) -> None:
        """Let the stopped bot be down for that long."""
        now = self.stage.clock.now()
        await self.stage.telegram.move_clock(now + timedelta(minutes=minutes))
        await self.stage.start()
        while self.stage.app.gaps.catching_up:
            await asyncio.sleep(0.01)
        await self.stage.settle()
        await self.on_asked("again")

    async def on_asked(self, _args: str) -> None:
        """`again`: let the bot ask the people it has not asked yet."""
        await ask_again(self.stage.app.runtime, self.stage.clock.now())
        self.stage.app.sender.wake()

    async def on_album(self, args: str) -> None:
        """`Sari: photo | photo J 2 TEH Bu Ani | video`: sent together."""
        who, _, parts = args.partition(": ")
        self.albums += 1
        await self._send_album(who, parts)

    async def on_rest(self, args: str) -> None:
        """More of the album before."""
        who, _, parts = args.partition(": ")
        await self._send_album(who, parts)

    async def _send_album(self, who: str, parts: str) -> None:
        person = self.stage.newcomer(who)
        for part in parts.split("|"):
            kind, _, caption = part.strip().partition(" ")
            content: dict[str, Any] = {"media_group_id": f"{person}{self.albums:08d}"}
            if caption:
                content["caption"] = caption
            self.sent += 1
            file = {"file_id": f"F{self.sent}", "file_unique_id": f"U{self.sent}"}
            if kind == "photo":
                content["photo"] = [{**file, "width": 90, "height": 90}]
            elif kind == "document":
                content["document"] = file
            else:
                content[kind] = {**file, "width": 90, "height": 90, "duration": 3}
            self.phones._write(person, content, None)

    async def on_redelivered(self, _args: str) -> None:
        updates = self.stage.telegram.world.updates
        updates.deliver_again(updates.next_id - 1)

    async def on_at(self, args: str) -> None:
        await self.stage.move_clock(moment(args))

    async def on_blocked(self, args: str) -> None:
        self.phones.block(self.stage.user(args))

    async def on_piled(self, args: str) -> None:
        """`Sari: /saldo`: with so many answers waiting for her that this one has to wait."""
        who, _, words = args.partition(": ")
        chat, now = self.stage.user(who), self.stage.clock.now()
        mine = schema.outbox.c.key.like("pile:%")

        def pile(conn: Connection) -> None:
            for number in range(ANSWERS_OPEN_MAX):
                outbox.put(
                    conn, key=f"pile:{number}", chat_id=chat, kind="answer",
                    method="sendMessage", payload={}, at=now, not_before=now + timedelta(days=1),
                )  # fmt: skip

        def clear(conn: Connection) -> None:
            conn.execute(schema.outbox.delete().where(mine))
            chat_queues.unpark_all(conn)

        await self.stage.write(pile)
        await self.stage.bring(who, [words])
        begun = select(func.count()).select_from(schema.floods)
        while not await self.stage.read(lambda conn: conn.execute(begun).scalar_one()):
            await asyncio.sleep(0.01)
        await self.stage.write(clear)
        self.stage.app.sender.wake()

    async def on_flooded(self, args: str) -> None:
        """`Sari: J 1 TEH`: she has flooded the bot, and writes this thirty times at once."""
        who, _, words = args.partition(": ")
        chat, now = self.stage.user(who), self.stage.clock.now()

        def begun(conn: Connection) -> None:
            flood_control.begin(conn, chat, now)
            flood_control.keep(conn, chat, worked=WORKED_MAX, gap=False)

        await self.stage.write(begun)
        await self.stage.bring(who, [words] * 30)

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

    async def on_listed(self, args: str) -> None:
        """`Siti Aminah, M-12, Sari`: in the company's list, with Siti's phone, below Sari."""
        name, number, *above = (part.strip() for part in args.split(","))
        person = self.stage.newcomer(name.split()[0])
        sponsor = self.stage.code(above[0]) if above and above[0] in self.stage.users else ""
        sponsor = sponsor or "".join(above)
        entry = Entry(1, number, name, f"+62812{person:08d}", sponsor, "2024-03-01")
        now, zone = self.stage.clock.now(), self.stage.company.time_zone
        found = await self.stage.write(
            lambda conn: plain_import.take_over(conn, [entry], zone, seed=number, now=now)
        )
        assert len(found.added) == 1, found

    async def on_picture(self, args: str) -> None:
        def unit(conn: Connection) -> None:
            digest = attachments.keep(conn, f"{args}.png", DOT)
            whose = schema.products.c.sku == args
            conn.execute(schema.products.update().where(whose).values(picture=digest))

        await self.stage.write(unit)

    async def on_sim(self, args: str) -> None:
        who, owner = args.split()
        world = self.stage.telegram.world
        there = world.people[self.stage.newcomer(who)]
        there.phone = world.people[self.stage.user(owner)].phone

    async def on_doubtful(self, args: str) -> None:
        messages, person = schema.outbox, self.stage.user(args)
        said = messages.c.method.in_(["sendMessage", "editMessageText"])
        last = select(func.max(messages.c.id)).where(messages.c.chat_id == person, said)
        change = messages.update().where(messages.c.id == last.scalar_subquery())
        await self.stage.write(lambda conn: conn.execute(change.values(state="uncertain")))

    async def on_unmet(self, args: str) -> None:
        whose = schema.members.c.user_id == self.stage.user(args)
        change = schema.members.update().where(whose).values(user_id=None)
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

    async def on_ended(self, args: str) -> None:
        """The bot starts after it has ended with a message as often as it may."""
        person = self.stage.user(args)
        body = json.dumps({"message": {"chat": {"id": person, "type": "private"}}})
        facts = {"bot_id": 1, "update_id": ENDED + person, "lane": "ended", "body": body}
        facts |= {"received_at": self.stage.clock.now(), "ended": 5, "ended_alone": 3}
        await self.stage.stop()
        database = open_database(self.stage.url)
        insert = schema.inbox.insert().values(**facts, taken=1, alone=1)
        await database.write(lambda conn: conn.execute(insert))
        await database.close()
        await self.stage.start()

    async def on_edited(self, args: str) -> None:
        who, _, text = args.partition(": ")
        person = self.stage.user(who)
        former, bar, new = text.partition(" | ")
        message_id = self._message(person, former if bar else "", own=True)
        self.phones.edit(person, message_id, (new if bar else text).replace("\\n", "\n"))

    async def on_reply(self, args: str) -> None:
        who, _, both = args.partition(": ")
        words, _, text = both.partition(" | ")
        person = self.stage.user(who)
        self.phones.say(person, text, reply_to=self._message(person, words, own=False))

    async def on_reply_photo(self, args: str) -> None:
        who, _, both = args.partition(": ")
        words, _, caption = both.partition(" | ")
        person = self.stage.user(who)
        quoted = self._message(person, words, own=False)
        self.phones.photo(person, caption=caption, reply_to=quoted)

    async def on_forward(self, args: str) -> None:
        self._forward(args, photo=False)

    async def on_forward_photo(self, args: str) -> None:
        self._forward(args, photo=True)

    def _forward(self, args: str, *, photo: bool) -> None:
        who, _, both = args.partition(": ")
        name, _, text = both.partition(" | ")
        writer: int | str = self.stage.users.get(name, name)
        if name == "bot":
            writer = self.stage.telegram.world.bot.id
        text = text.replace("\\n", "\n")
        self.phones.forward(self.stage.newcomer(who), text, writer, photo=photo)

    def _message(self, person: int, words: str, *, own: bool) -> int:
        """Returns the last message of the chat with these words, of the person alone if `own`."""
        for message in reversed(self.stage.telegram.views.chat(person)["messages"]):
            mine = message["from"]["id"] == person
            said = message.get("text") or message.get("caption") or ""
            if (mine or not own) and words in said:
                number: int = message["message_id"]
                return number
        raise AssertionError(f"no message with {words!r}")

    async def on_group(self, args: str) -> None:
        who, _, text = args.partition(": ")
        person = self.stage.newcomer(who)
        if GROUP not in self.stage.telegram.world.chats:
            self.phones.group(GROUP, "Grup", [person])
        self.phones.say(person, text, chat=GROUP)

    async def on_backups(self, args: str) -> None:
        since = moment(args) if args else None
        await self._write_at(tell_backups_fail, since=since)

    async def on_silence(self, args: str) -> None:
        await self._write_at(note_long_wait, seconds=int(args))

    async def on_unseen(self, args: str) -> None:
        words = "Bad Request: wrong file identifier/HTTP URL specified"
        person = self.stage.user(args)
        self.stage.telegram.disturb("error", method="sendPhoto", person=person, words=words)

    async def on_stuck(self, args: str) -> None:
        why, _, seconds = args.partition(" ")
        stuck = Stuck("webhook" if why == "webhook" else "wait", int(seconds or 0))
        await self._write_at(tell_stuck, stuck=stuck)

    async def on_proof(self, args: str) -> None:
        number, _, first = args.partition(" ")
        await self._write_at(note_integrity, faults=int(number), first=first)

    async def on_clock(self, args: str) -> None:
        """`ahead 3 days`, `behind 20 minutes` or `right`: what Telegram says of the clock."""
        runtime, at = self.stage.app.runtime, self.stage.clock.now()
        unit: Callable[[Connection], object] = partial(tell_right, runtime=runtime, now=at)
        if args != "right":
            which, count, unit_name = args.split()
            wrong = timedelta(**{unit_name: int(count)}) * (1 if which == "ahead" else -1)
            doubt = ClockDoubt(round(wrong.total_seconds()), "telegram", sure=True)
            unit = partial(tell_doubt, runtime=runtime, doubt=doubt, now=at, right_time=at)
        await self.stage.write(unit)
        self.stage.app.sender.wake()

    async def _write_at(self, unit: Callable[..., None], **facts: object) -> None:
        """Have the bot write something now that it would write unasked."""
        runtime, at = self.stage.app.runtime, self.stage.clock.now()
        await self.stage.write(partial(unit, runtime=runtime, at=at, **facts))
        self.stage.app.sender.wake()

    async def on_filled(self, args: str) -> None:
        """`Wati xlsx: 2 = 2026-12-15 TRX-2 | 3 = 2026-12-15`: sends the list back, filled in."""
        who, rows = args.split(": ")
        name, kind = who.split()
        filled = {}
        for row in rows.split(" | "):
            number, _, more = row.partition(" = ")
            day, _, reference = more.partition(" ")
            filled[int(number)] = (day, reference)
        person = self.stage.user(name)
        found = next(
            message["document"]
            for message in reversed(self.stage.telegram.views.chat(person)["messages"])
            if message.get("document", {}).get("file_name", "").endswith(f".{kind}")
        )
        stored = self.stage.telegram.world.files.by_id(found["file_id"])
        assert stored is not None
        body = sheets.fill(stored.content, filled, workbook=kind == "xlsx")
        self.phones.document(person, stored.name or "", base64.b64encode(body).decode())

    async def on_sheet(self, args: str) -> None:
        """`Wati daftar.csv: Nomor daftar;Kode mitra / 1;{code:sari}`: sends a file of her own."""
        who, _, rows = args.partition(": ")
        name, _, file = who.partition(" ")
        rows = re.sub(r"\{code:(\w+)\}", lambda m: self.stage.code(m[1].capitalize()), rows)
        body = rows.replace(" / ", "\n").replace("{zip}", "PK\x03\x04").encode()
        if file.endswith(".xlsx") and "{zip}" not in rows:
            body = sheets.workbook([row.split(";") for row in rows.split(" / ")])
        self.phones.document(self.stage.user(name), file, base64.b64encode(body).decode())

    async def on_goods(self, args: str) -> None:
        """`Sari 120000`: goods of her newest sale, of that bonus value, are to come back."""
        who, value = args.split()
        user_id = self.stage.user(who)

        def unit(conn: Connection) -> None:
            member = members.by_user(conn, user_id)
            assert member is not None, "only members sell"
            sold = schema.sales.c
            newest = select(func.max(sold.id)).where(sold.seller_id == member.id)
            facts = {"sale_id": conn.execute(newest).scalar_one(), "amount": int(value)}
            facts |= {"goods": int(value), "points": 0, "bonus_value": int(value), "refund": 0}
            conn.execute(
                schema.returns.insert().values(
                    reference=f"goods{value}",
                    state="waiting",
                    came_on="2027-01-20",
                    saleable=True,
                    reason="",
                    asked_at=self.stage.clock.now(),
                    asked_by=user_id,
                    **facts,
                )
            )

        await self.stage.write(unit)

    async def on_close(self, args: str) -> None:
        await self._close(args, finish=True)

    async def on_came_back(self, args: str) -> None:
        """`S-1001`: a return of this sale waits for the office."""
        facts: dict[str, Any] = {"reference": f"return {args}", "sale_id": receipt_id(args)}
        facts |= {"state": "waiting", "came_on": "2026-11-24", "saleable": True, "reason": ""}
        facts |= {"asked_by": 1, "asked_at": self.stage.clock.now()}
        sums = dict.fromkeys(("amount", "goods", "points", "bonus_value", "refund"), 20_000)
        row = schema.returns.insert().values(facts | sums)
        await self.stage.write(lambda conn: conn.execute(row))

    async def on_closing(self, args: str) -> None:
        await self._close(args, finish=False)

    async def on_progress(self, args: str) -> None:
        """`1 40 Writing credits`: how far the closing of a request is."""
        number, percent, step = args.split(maxsplit=2)
        facts = {"request_id": int(number), "percent": int(percent), "step": step}
        await self._write_at(show_progress, **facts)

    async def on_unclosed(self, args: str) -> None:
        """`1` or `1 clock`: the job of a request has failed."""
        number, _, clock = args.partition(" ")
        await self._write_at(tell_failed, request_id=int(number), clock=bool(clock))

    async def on_unplanned(self, _args: str) -> None:
        await self.stage.stop()
        self.stage.company = replace(self.stage.company, plan=Plan())
        await self.stage.start()

    async def on_plan(self, args: str) -> None:
        """Start again under the plan of this name in the folder `plans`."""
        file = Path(__file__).parent / "plans" / f"{args}.toml"
        plan, faults = read_plan(file, self.stage.company.languages)
        assert not faults, faults
        await self.stage.stop()
        self.stage.company = replace(self.stage.company, plan=plan)
        await self.stage.start()

    async def on_crowd(self, args: str) -> None:
        user_id = self.stage.user(args)

        def unit(conn: Connection) -> None:
            member = members.by_user(conn, user_id)
            assert member is not None, "only members have a team"
            whose = schema.teams.c.member_id == member.id
            conn.execute(schema.teams.update().where(whose).values(size=10_000))

        await self.stage.write(unit)
        await self.stage.app.scheduler.tick()

    async def on_suspended(self, args: str) -> None:
        whose = schema.members.c.user_id == self.stage.user(args)
        change = schema.members.update().where(whose).values(active=False)
        await self.stage.write(lambda conn: conn.execute(change))

    async def on_many(self, args: str) -> None:
        """Add this many members, to whom nothing is ever sent."""
        await self.stage.write(lambda conn: _many(conn, int(args), self.stage.clock.now()))

    async def on_ledger(self, args: str) -> None:
        who, kind, amount = args.split()
        found = await self.stage.read(lambda conn: _balance(conn, self.stage.user(who), kind))
        assert found == int(amount), f"ledger {args}: the balance is {found}"
        assert await self.stage.read(ledger_audit.audit) == []

    async def on_noted(self, args: str) -> None:
        """`Sari: Bu Ani | birthday 11-25`: what Sari noted of a customer, or `due` of her debt."""
        who, _, told = args.partition(": ")
        name, _, fact = (part.strip() for part in told.partition("|"))
        user_id, at = self.stage.user(who), self.stage.clock.now()
        await self.stage.write(lambda conn: _note_of_customer(conn, user_id, name, fact, at))

    async def on_paid(self, args: str) -> None:
        """`Budi 50000`: the office has paid the member so much out of the wallet."""
        who, amount = args.split()
        at = self.stage.clock.now()
        await self.stage.write(lambda conn: _pay_out(conn, self.stage.user(who), int(amount), at))

    async def _close(self, period: str, *, finish: bool) -> None:
        """Take the steps of the command line, all but the last where it is broken off."""
        company, stage = self.stage.company, self.stage
        version = company.plan.version_for(period)
        assert version is not None, f"no plan for {period}"
        wish: dict[str, object] = {
            "period": period,
            "plan": version.since,
            "digest": version.digest,
        }
        wish["since"] = company.plan.versions[0].since
        wish["ready_on"] = ready_on(company, period).isoformat()
        wish |= {"plan_file": company.plan.source, "languages": list(company.languages)}
        month = await stage.read(lambda conn: snapshots.of_company(conn, period, version))
        outcome = work_out(version, month)
        sold = await stage.read(lambda conn: periods.sales_of(conn, period))
        paid = sum(each.amount for each in outcome.credits)
        counted = [sold.number, sold.sales, len({each.member_id for each in outcome.credits})]
        figures = [version.digest, *counted, paid, outcome.cut]
        confirmed = {"period": period, "figures": figures, "cap_percent": 100, "reason": ""}
        asked = await self._errand("confirm closing", confirmed)
        stamp = await stage.read(lambda conn: month_checks.month_stamp(conn, period))
        more = {"point_value": version.point_value, "figures": figures, "stamp": stamp}
        begun = await self._errand("closing begin", {**wish, **more, **asked})
        assert "state" in begun, begun
        held = ranks.held_after(version, month, outcome)
        facts = facts_of(outcome.credits)
        await self._errand("closing credits", {"period": period, "credits": facts})
        await self._errand("closing ranks", {"period": period, "ranks": held})
        payees = await stage.read(lambda conn: closing.payees_of(conn, period))
        await self._errand("closing post", {"period": period, "payees": payees})
        if not finish:
            return
        sums = await stage.read(lambda conn: asdict(closing.sums(conn, period)))
        upto = await stage.read(lambda conn: closing.written_upto(conn, period))
        proved = {"cut": outcome.cut, "proved_upto": upto}
        done = await self._errand("closing finish", {"period": period, **sums, **proved})
        assert done["fault"] is None, done
        stage.app.jobs.wake()
        await stage.app.scheduler.tick()

    async def _errand(self, task: str, wish: dict[str, Any]) -> dict[str, Any]:
        now = self.stage.clock.now()
        unit = {**STEPS, **REQUESTS}[task]
        done: dict[str, Any] = await self.stage.write(lambda conn: unit(conn, wish, now))
        return done

    async def _rewrite(self, who: str, change: Change) -> None:
        """Store a person's open conversation as another one."""
        chat_id = self.stage.user(who)

        def unit(conn: Connection) -> None:
            session = sessions.load(conn, chat_id)
            assert session is not None, f"{who} has no conversation open"
            sessions.save(conn, change(session), self.stage.clock.now())

        await self.stage.write(unit)

    def _last(self, who: str) -> dict[str, Any]:
        chat = self.stage.telegram.views.chat(self.stage.user(who))
        last: dict[str, Any] = chat["messages"][-1]
        return last


def _addressed(message: dict[str, Any], data: str) -> str:
    """Returns the data with `{ref}` and `{n}` filled in from the open question's buttons."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    own = (str(button.get("callback_data", "")) for row in rows for button in row)
    found = next((re.match(r"(\w+):(\d+):", one) for one in own if ":" in one), None)
    if found is not None:
        data = data.replace("{ref}", found[1]).replace("{n}", found[2])
    return data


def _many(conn: Connection, count: int, now: datetime) -> None:
    """Members who live in Bali."""
    numbers = range(900_001, 900_001 + count)
    seen = [{"user_id": each, "language": "id", "first_seen": now} for each in numbers]
    conn.execute(schema.people.insert(), seen)
    facts = {"name": "Mitra", "title": "Ibu", "phone_verified": True, "birth_year": 1978}
    facts |= {"province": "bali", "zone": "Asia/Makassar", "joined_at": now}
    own = [
        {"reference": f"many{each}", "user_id": each, "code": f"X{each}", "phone": f"+{each}"}
        for each in numbers
    ]
    conn.execute(schema.members.insert(), [facts | each for each in own])


def _note_of_customer(conn: Connection, user_id: int, name: str, fact: str, at: datetime) -> None:
    member = members.by_user(conn, user_id)
    assert member is not None, "only members have customers"
    customer = customers.named(conn, member.id, name_key(name))
    assert customer is not None, f"{name} has bought nothing"
    column, _, value = fact.partition(" ")
    if column == "due":
        sold = select(schema.sales.c.id).where(schema.sales.c.customer_id == customer.id)
        notes = schema.payment_notes
        conn.execute(notes.update().where(notes.c.sale_id.in_(sold)).values(due_on=value))
        return
    details = schema.customer_details
    mine = details.c.customer_id == customer.id
    if not conn.execute(details.update().where(mine).values({column: value})).rowcount:
        row = {"customer_id": customer.id, "changed_at": at, column: value}
        conn.execute(details.insert().values(row))


def _pay_out(conn: Connection, user_id: int, amount: int, at: datetime) -> None:
    member = members.by_user(conn, user_id)
    assert member is not None
    row = {
        "reference": f"paid {user_id} {at}", "member_id": member.id, "amount": amount,
        "paid_on": at.date().isoformat(), "bank_reference": "", "recorded_at": at,
    }  # fmt: skip
    add = schema.payouts.insert().values(row).returning(schema.payouts.c.id)
    payout = conn.execute(add).scalar_one()
    ends = ledger.wallet(conn, member.id), ledger.house_account(conn, ledger.PAYOUTS)
    period = at.date().isoformat()[:7]
    posting = ledger.Posting(f"payout:{payout}", *ends, amount, None, period, payout_id=payout)
    assert ledger.post(conn, posting, at)


def _balance(conn: Connection, user_id: int, kind: str) -> int:
    member = members.by_user(conn, user_id)
    assert member is not None, "only members have accounts"
    return ledger.balance(conn, f"member:{member.id}:{kind}")


def _change(conn: Connection, sku: str, **facts: int) -> None:
    """Change an article of the price list, or all of them."""
    change = schema.products.update().values(**facts)
    if sku != "semua":
        change = change.where(schema.products.c.sku == sku)
    conn.execute(change)
    list_version.change(conn)
