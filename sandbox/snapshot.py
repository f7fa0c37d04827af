"""The state file: written half a second after a change and at the end, always whole."""

import asyncio
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from sandbox.state import Chat, Message, Person
from sandbox.world import World

SETTLE_S = 0.5
VERSION = 1


class Snapshot:
    """Keeps a world in a file."""

    def __init__(self, world: World, file: Path) -> None:
        self.world = world
        self.file = file
        self._timer: asyncio.TimerHandle | None = None

    def watch(self) -> None:
        """Write after each change from now on."""
        self.world.events.on_change = self._changed
        self.world.updates.on_change = self._changed

    def load(self) -> None:
        """Take up what the file holds, if there is one; the people given at start stay known."""
        if not self.file.exists():
            return
        saved = json.loads(self.file.read_text(encoding="utf-8"))
        if saved.get("version") != VERSION:
            raise ValueError(f"{self.file} was written by another version of the sandbox")
        world = self.world
        world.people.update({facts["id"]: _person(world, facts) for facts in saved["people"]})
        world.chats.update({facts["id"]: _chat(facts) for facts in saved["chats"]})
        world.updates.load(saved["updates"])
        world.clock.load(saved["clock"])
        world.files.load(saved["files"])
        world.commands.update(saved["commands"])
        world.about.update(saved["about"])
        world.moments = saved["moments"]

    def write(self) -> None:
        """Write now: aside first, then in place."""
        world = self.world
        content: dict[str, Any] = {
            "version": VERSION,
            "people": [asdict(person) for person in world.people.values()],
            "chats": [_dumped(chat) for chat in world.chats.values()],
            "updates": world.updates.dump(),
            "clock": world.clock.dump(),
            "files": world.files.dump(),
            "commands": world.commands,
            "about": world.about,
            "moments": world.moments,
        }
        aside = self.file.with_name(f"{self.file.name}.new")
        aside.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        aside.replace(self.file)

    def close(self) -> None:
        """Write a last time."""
        if self._timer:
            self._timer.cancel()
        self.write()

    def _changed(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SETTLE_S, self._settled)

    def _settled(self) -> None:
        self._timer = None
        self.write()


def _dumped(chat: Chat) -> dict[str, Any]:
    facts = asdict(chat)
    facts["messages"] = [
        {"body": message.body, "own": message.own, "editable": message.editable}
        for message in chat.messages.values()
    ]
    return facts


def _person(world: World, facts: dict[str, Any]) -> Person:
    """Who was given at start keeps those facts; what has happened since comes from the file."""
    saved, given = Person(**facts), world.people.get(facts["id"])
    if given is None:
        return saved
    return replace(
        given,
        started=saved.started,
        blocked=saved.blocked,
        gone=saved.gone,
        opens=saved.opens,
        language_code=saved.language_code,
    )


def _chat(facts: dict[str, Any]) -> Chat:
    messages = {saved["body"]["message_id"]: Message(**saved) for saved in facts["messages"]}
    return Chat(**{**facts, "messages": messages})
