"""Plays a `.chat` file against the bot and compares what it says."""

import base64
import html
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from bot.core.members.codes import is_code
from bot.services.home.command_menu import commands, own_commands
from bot.store.home import command_menus
from sandbox.files import blank_picture
from tests.chats.directives import Directives
from tests.chats.script import Expected, Step, parse
from tests.stage import Given, Stage, moment

__all__ = ["ChatDiffersError", "play_file"]

SPOKEN = {"sendMessage", "editMessageText", "editMessageCaption", "sendPhoto", "sendDocument"}
FILES = {"sendPhoto": ("(picture)",), "sendDocument": ("(document)",)}
RELINK_CODE = re.compile(
    r"\b(?=[0-9-]*[A-Z])(?!7K3M-9QX2-TB5F)[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b"
)
REFUSED_WORDS = "message is not modified"


class ChatDiffersError(AssertionError):
    """The bot said something else."""


async def play_file(
    path: Path, folder: Path, *, rewrite: bool, filled: set[str], url: str | None = None
) -> None:
    """Play the file on a new database, or an empty one at `url`; `filled` takes the templates."""
    head, steps = parse(path)
    given, policy, stock, home = [], {}, {}, ""
    for step in steps:
        if step.directive == "member":
            given.append(_given(step.args))
        elif step.directive == "company":
            name, _, value = step.args.partition("=")
            if name.strip() == "time_zone":
                home = value.strip()
            elif name.strip().startswith("stock."):
                stock[name.strip().removeprefix("stock.")] = _value(value.strip())
            else:
                policy[name.strip()] = _value(value.strip())
    stage = Stage(folder, given, url=url)
    stage.said = filled
    policy_now = replace(stage.company.policy, **policy)
    zone = home or stage.company.time_zone
    stock_now = replace(stage.company.stock, **stock)
    stage.company = replace(stage.company, policy=policy_now, stock=stock_now, time_zone=zone)
    written, done = list(head), 0
    try:
        async with stage:
            player = Player(stage)
            for step in steps:
                done += 1
                written.append(step.line)
                said = await player.step(step)
                kept = step.expected if _agrees(step, said) else said
                written += [line for one in kept for line in _shown(one)]
                if not rewrite:
                    _compare(path, step, said)
            assert not stage.telegram.violations, stage.telegram.violations
    finally:
        if rewrite:
            written += [step.line for step in steps[done:]]
            path.write_text("\n".join(written) + "\n", "utf-8")


class Player:
    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.seen = 0
        self.last = ""
        self.relink_code = ""
        self.taps: dict[int, list[tuple[int, str]]] = {}
        self.directives = Directives(stage, self.taps)

    async def step(self, step: Step) -> list[Expected]:
        if step.directive in {"member", "company", "remark"}:
            return []
        if step.directive == "overtaken":
            await self._overtake(step.args)
        elif step.directive == "away":
            await self._go_away(step.args)
        elif step.directive == "menu":
            return [await self._menu(step.args)]
        elif step.directive is not None:
            await self.directives.follow(step)
        else:
            assert step.who is not None
            self._act(step.who, step.does)
            self.last = step.who
        await self.stage.settle()
        return self._news()

    async def _go_away(self, args: str) -> None:
        """`3 Sari: [Ya] | Tuti: ya`: what people do, then minutes pass, then the bot is back."""
        minutes, _, acts = args.partition(" ")
        await self.stage.stop()
        for act in filter(None, acts.split(" | ")):
            who, _, does = act.partition(": ")
            self._act(who, does)
        await self.directives.come_back(int(minutes))

    async def _menu(self, who: str) -> Expected:
        """Returns the commands in Telegram's menu: those of the chat, or else the default ones."""
        user, runtime = self.stage.user(who), self.stage.app.runtime

        def look(conn: Connection) -> list[list[str]]:
            person = command_menus.person(conn, user)
            language = person.language if person is not None else "id"
            return own_commands(conn, runtime.content, user) or commands(runtime.content, language)

        listed = await runtime.database.read(look)
        return Expected(who, toast=False, lines=[f"/{name} {words}" for name, words in listed])

    async def _overtake(self, args: str) -> None:
        """`Sari: 2 | [2]`: her text is handled, and answered, before the button she pressed."""
        who, _, both = args.partition(": ")
        typed, _, pressed = both.partition(" | ")
        updates = self.stage.telegram.world.updates
        await self.stage.stop()
        self._act(who, pressed)
        self._act(who, typed)
        press, words = updates.queue[-2:]
        press.id, words.id = words.id, press.id
        for one in (press, words):
            one.body = json.dumps({**json.loads(one.body), "update_id": one.id}).encode()
        updates.queue[-2:] = [words]
        await self.stage.start()
        # Whether the first answer leaves before the second is written would be up to chance.
        await self.stage.settle()
        updates.push_raw(json.loads(press.body))

    def _act(self, who: str, does: str) -> None:
        phones = self.stage.telegram.phones
        person = self.stage.newcomer(who)
        if (tapped := re.fullmatch(r"\[(.+)\]", does)) is not None:
            self._tap(person, tapped[1])
        elif (sent := re.fullmatch(r"\((\w+)(?: (.+))?\)", does)) is not None:
            kind, more = sent[1], sent[2]
            if kind == "contact":
                number, _, name = (more or "").partition(" | ")
                phones.contact(person, phone_number=number or None, first_name=name or None)
            elif kind.startswith("photo"):
                phones.photo(person, caption=more, file=_picture(kind.removeprefix("photo")))
            elif kind == "document":
                name, _, caption = (more or "nota.pdf").partition(" | ")
                phones.document(person, name, caption=caption)
            else:
                phones.media(person, kind)
        else:
            text = re.sub(r"\{code:(\w+)\}", lambda m: self.stage.code(m[1].capitalize()), does)
            text = text.replace("{relink}", self.relink_code)
            text = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)
            text = text.replace("\\n", "\n").replace("{long}", "a" * 4000)
            start = re.fullmatch(r"/start(?: (\S+))?", text)
            if start is not None and re.fullmatch(r"[\w-]*", start[1] or ""):
                phones.start(person, start[1])
            else:
                phones.say(person, text)

    def _tap(self, person: int, label: str) -> None:
        telegram = self.stage.telegram
        chat = telegram.views.chat(person)
        for message in reversed(chat["messages"]):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    if button["text"] == label or _bare(button["text"]) == _bare(label):
                        data = button.get("callback_data")
                        pressed = (message["message_id"], str(data))
                        self.taps.setdefault(person, []).append(pressed)
                        telegram.phones.tap(person, message["message_id"], data=data)
                        return
        telegram.phones.press(person, label)

    def _plain(self, text: str) -> list[str]:
        """Returns the text as it is shown; a random code is written `…`."""
        given = {self.stage.code(one.name.split()[0]) for one in self.stage.given}
        bare = html.unescape(re.sub(r"<[^>]+>", "", text))
        made = RELINK_CODE.findall(bare)
        self.relink_code = made[0] if made else self.relink_code
        bare = RELINK_CODE.sub("…", bare)
        bare = re.sub(
            r"\b[0-9A-Z]{8}\b",
            lambda found: found[0] if found[0] in given or not is_code(found[0]) else "…",
            bare,
        )
        return [line for line in bare.splitlines() if line.strip()]

    def _news(self) -> list[Expected]:
        """Returns what the bot said since the last call."""
        log = self.stage.telegram.views.log(self.seen)
        self.seen = log["last"]
        names = {number: name for name, number in self.stage.users.items()}
        said = []
        for entry in log["requests"]:
            if not str(entry["outcome"]).endswith("ok"):
                continue
            params: dict[str, Any] = entry["params"]
            who = names.get(entry["person"]) if entry.get("person") else None
            chat = params.get("chat_id")
            if who is None and chat is not None:
                who = names.get(int(chat), "Grup")
            to = None if who in {self.last, None} else who
            if entry["method"] == "answerCallbackQuery" and params.get("text"):
                said.append(Expected(None, toast=True, lines=[params["text"]]))
            elif entry["method"] in SPOKEN:
                lines = self._plain(params.get("text") or params.get("caption") or "")
                lines = [*FILES.get(entry["method"], ()), *lines]
                said.append(Expected(to, toast=False, lines=[*lines, *_buttons(params)]))
        # Several chats may get messages at once; that of the speaker comes first.
        return sorted(said, key=lambda one: one.to or "")


def _picture(number: str) -> str | None:
    """Returns the picture with this number; None for the plain one."""
    return base64.b64encode(blank_picture(int(number))).decode() if number else None


def _buttons(params: dict[str, Any]) -> list[str]:
    markup = params.get("reply_markup") or {}
    if isinstance(markup, str):
        markup = json.loads(markup)
    rows = markup.get("inline_keyboard") or []
    return [" ".join(f"[{button['text']}]" for button in row) for row in rows]


def _shown(one: Expected) -> list[str]:
    to = f">{one.to}" if one.to else ""
    toast = " (toast)" if one.toast else ""
    first, *rest = one.lines or [""]
    return [f"bot{to}{toast}: {first}", *[f"     {line}" for line in rest]]


def _compare(path: Path, step: Step, said: list[Expected]) -> None:
    if _agrees(step, said):
        return
    wanted = "\n".join(line for one in step.expected for line in _shown(one)) or "(nothing)"
    found = "\n".join(line for one in said for line in _shown(one)) or "(nothing)"
    raise ChatDiffersError(
        f"{path.name}:{step.number}: {step.line}\n\n"
        f"expected:\n{wanted}\n\nthe bot said:\n{found}\n"
    )


def _agrees(step: Step, said: list[Expected]) -> bool:
    return len(said) == len(step.expected) and all(
        one.to == other.to and one.toast == other.toast and _fits(one.lines, other.lines)
        for one, other in zip(step.expected, said, strict=True)
    )


def _fits(wanted: list[str], found: list[str]) -> bool:
    pattern = ".*".join(re.escape(part) for part in " ".join(" ".join(wanted).split()).split("…"))
    return re.fullmatch(pattern, " ".join(" ".join(found).split()), re.DOTALL) is not None


def _bare(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())


def _given(args: str) -> Given:
    name, *rest = [part.strip() for part in args.split(",")]
    given = Given(name)
    for place, part in enumerate(rest):
        key, mark, value = part.partition("=")
        if mark and key == "role":
            given = replace(given, roles=(*given.roles, value))
        elif mark and key == "joined":
            given = replace(given, joined=moment(f"{value} 09:00 WIB"))
        elif mark:
            given = replace(given, **{key: value})  # type: ignore[arg-type]
        elif place == 0:
            given = replace(given, title=part)
        else:
            given = replace(given, sponsor=part)
    return given


def _value(text: str) -> Any:
    if text in {"true", "false"}:
        return text == "true"
    return int(text)
