"""Which commands a person sees: the narrowest scope wins, then the person's language."""

import json
from collections.abc import Iterable

from sandbox.state import Json, Person
from sandbox.world import World


def announce(world: World, people: Iterable[Person]) -> None:
    """Emit an event with the present menu of each person."""
    for person in people:
        commands = menu(world, person.id, person.id)
        world.events.emit("commands", person.id, chat=person.id, commands=commands)


def menu(world: World, person_id: int, chat_id: int) -> list[Json]:
    """Returns the commands that a person sees in a chat."""
    language = world.people[person_id].language_code or ""
    for scope in _scopes(person_id, chat_id):
        for tongue in (language, ""):
            found = world.commands.get(commands_key(scope, tongue))
            if found:
                return found
    return []


def commands_key(scope: Json, language: str) -> str:
    """Returns the key under which the commands of a scope and a language are stored."""
    return json.dumps([scope, language], sort_keys=True)


def _scopes(person_id: int, chat_id: int) -> list[Json]:
    narrow: Json = {"type": "chat", "chat_id": chat_id}
    if chat_id > 0:
        return [narrow, {"type": "all_private_chats"}, {"type": "default"}]
    own = {"type": "chat_member", "chat_id": chat_id, "user_id": person_id}
    return [own, narrow, {"type": "all_group_chats"}, {"type": "default"}]
