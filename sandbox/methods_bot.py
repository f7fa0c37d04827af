"""Methods about the bot itself, its commands, its updates and its chats."""

import re
from typing import Any

from sandbox import menus
from sandbox.access import known_chat
from sandbox.calls import Call
from sandbox.polling import LIMIT_MAX
from sandbox.refusals import violation
from sandbox.state import Json
from sandbox.world import World

COMMANDS_MAX = 100
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
ABOUT = {
    "setMyName": "name",
    "setMyDescription": "description",
    "setMyShortDescription": "short_description",
}


def get_me(world: World, _: Call) -> Json:
    """Who the bot is."""
    return {
        **world.bot.user(),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, call: Call) -> list[bytes]:
    """What happened; everything below the offset is thereby confirmed."""
    allowed = call.params.get("allowed_updates")
    if allowed is not None:
        world.updates.allowed = allowed
    offset, limit = call.params.get("offset", 0), call.params.get("limit", LIMIT_MAX)
    if call.at_once:
        return world.updates.at_once(offset, limit)
    return await world.updates.fetch(offset, limit, call.params.get("timeout", 0))


def set_webhook(world: World, call: Call) -> bool:
    """Updates go to an address; here they only stay where they are."""
    url = call.params["url"]
    if url and not url.startswith("https://"):
        raise violation("bad webhook: An HTTPS URL must be provided for webhook")
    allowed = call.params.get("allowed_updates")
    if allowed is not None:
        world.updates.allowed = allowed
    if call.params.get("drop_pending_updates"):
        world.updates.drop()
    world.updates.set_webhook(url)
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """Updates can be asked for again."""
    if call.params.get("drop_pending_updates"):
        world.updates.drop()
    world.updates.set_webhook("")
    return True


def get_webhook_info(world: World, _: Call) -> Json:
    """Where updates go, and how many wait."""
    updates = world.updates
    info: Json = {
        "url": updates.webhook,
        "has_custom_certificate": False,
        "pending_update_count": len(updates.queue),
    }
    if updates.webhook:
        info |= {"max_connections": 40, "ip_address": "198.51.100.7"}
    if updates.allowed:
        info["allowed_updates"] = updates.allowed
    return info


def get_chat(world: World, call: Call) -> Json:
    """A chat with all that is known of it."""
    chat = known_chat(world, call)
    full = {
        **world.chat_json(chat),
        "accent_color_id": 1,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(
            (
                "unlimited_gifts",
                "limited_gifts",
                "unique_gifts",
                "premium_subscription",
                "gifts_from_channels",
            ),
            False,
        ),
    }
    if "username" in full:
        full["active_usernames"] = [full["username"]]
    return full


def set_my_commands(world: World, call: Call) -> bool:
    """The menu of commands, for a scope and a language."""
    commands = call.params["commands"]
    if len(commands) > COMMANDS_MAX:
        raise violation("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        command["command"] = command["command"].removeprefix("/")
        if not _COMMAND.fullmatch(command["command"]):
            raise violation("BOT_COMMAND_INVALID")
        if not command["description"].strip():
            raise violation("BOT_COMMAND_DESCRIPTION_INVALID")
    world.commands[_commands_key(world, call)] = commands
    menus.announce(world, world.people.values())
    return True


def delete_my_commands(world: World, call: Call) -> bool:
    """Take the menu of a scope and language away."""
    world.commands.pop(_commands_key(world, call), None)
    menus.announce(world, world.people.values())
    return True


def get_my_commands(world: World, call: Call) -> list[Json]:
    """The menu of exactly this scope and language."""
    return world.commands.get(_commands_key(world, call), [])


def set_about(world: World, call: Call) -> bool:
    """Name, description and short description, per language."""
    field = ABOUT[call.method]
    language = call.params.get("language_code", "")
    world.about[f"{field}:{language}"] = call.params.get(field, "")
    world.events.emit("bot", bot=world.bot_card())
    return True


def _commands_key(world: World, call: Call) -> str:
    scope: dict[str, Any] = call.params.get("scope", {"type": "default"})
    if "chat_id" in scope:
        known_chat(world, Call(call.method, {"chat_id": scope["chat_id"]}))
    return menus.commands_key(scope, call.params.get("language_code", ""))
