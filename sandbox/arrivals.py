"""Puts what people send into the chats, and queues the bot's update for it."""

import time

from sandbox.refusals import NotPossible
from sandbox.state import Chat, Json, Message, Person
from sandbox.world import TAPS_MAX, Tap, World

FORWARDED = (
    *("text", "entities", "caption", "caption_entities", "photo", "document", "contact"),
    *("location", "venue", "sticker", "voice", "video", "video_note", "audio", "animation"),
    *("poll", "dice", "story"),
)
"""The fields of a message that its copy in another chat has too."""


def writer(world: World, person_id: int) -> Person:
    """Returns a person who may write to the bot now; raises `NotPossible` for others."""
    person = _present(world.person(person_id))
    if person.blocked:
        raise NotPossible("this person has blocked the bot; unblock or start first", 409)
    return person


def _present(person: Person) -> Person:
    """Returns the person; raises `NotPossible` if the account was deleted."""
    if person.gone:
        raise NotPossible("this person has deleted the account", 409)
    return person


def place_of(world: World, person: Person, chat_id: int | None) -> Chat:
    """Returns the person's private chat, or a group that the person is in."""
    _present(person)
    place = world.chats.get(person.id if chat_id is None else chat_id)
    if place is None or person.id not in place.people:
        raise NotPossible(f"no chat {chat_id!r} with this person", 404)
    return place


def write(world: World, person: Person, content: Json, chat_id: int | None) -> Json:
    """Put a person's message into a chat and queue its update; returns the numbers of both."""
    place = place_of(world, person, chat_id)
    if place.id > 0 and not person.started:
        person.started = True
        world.events.emit("person", person.id, **world.introduce(person))
    number = place.take_message_id()
    body: Json = {
        "message_id": number,
        "from": person.user(),
        "chat": world.chat_json(place),
        "date": world.clock.epoch(),
        **content,
    }
    place.messages[number] = Message(body, own=False)
    seen(world, place)
    event = world.emit("message", place, message=body)
    update_id = _tell(world, place, "message", body)
    return {"update_id": update_id, "message_id": number, "event": event}


def rewrite(world: World, place: Chat, message: Message, new: Json) -> Json:
    """Change a person's message and queue its update; returns the numbers of both."""
    body = {name: value for name, value in {**message.body, **new}.items() if value != []}
    message.body = {**body, "edit_date": world.clock.epoch()}
    event = world.emit("edit", place, message=message.body)
    update_id = _tell(world, place, "edited_message", message.body)
    return {"update_id": update_id, "message_id": body["message_id"], "event": event}


def quoted(place: Chat, message_id: int) -> Json:
    """Returns the field of a reply to a message; the message it replies to is not in it."""
    message = place.messages.get(message_id)
    if message is None:
        raise NotPossible(f"no message {message_id} to reply to", 404)
    body = {name: value for name, value in message.body.items() if name != "reply_to_message"}
    return {"reply_to_message": body}


def origin_of(world: World, writer: int | str) -> Json:
    """Returns the field of a forwarded message that says who wrote it first."""
    origin: Json = {"type": "hidden_user", "sender_user_name": writer}
    if isinstance(writer, int):
        user = world.bot.user() if writer == world.bot.id else world.person(writer).user()
        origin = {"type": "user", "sender_user": user}
    return {"forward_origin": {**origin, "date": world.clock.epoch()}}


def forwarded(world: World, place: Chat, message_id: int) -> Json:
    """Returns a message of a chat as its copy in another one: who wrote it first, and what."""
    message = place.messages.get(message_id)
    if message is None:
        raise NotPossible(f"no message {message_id} to forward", 404)
    content = {name: message.body[name] for name in FORWARDED if name in message.body}
    if not content:
        raise NotPossible("this message cannot be forwarded")
    if "forward_origin" in message.body:
        return {"forward_origin": message.body["forward_origin"], **content}
    origin = origin_of(world, int(message.body["from"]["id"]))
    origin["forward_origin"]["date"] = message.body["date"]
    return {**origin, **content}


def _tell(world: World, place: Chat, kind: str, body: Json) -> int | None:
    """Queue an update unless the bot was removed from the group; returns its id or None."""
    return None if place.kicked else world.updates.push(kind, body)


def press_button(world: World, person: Person, place: Chat, message_id: int, data: str) -> Json:
    """Queue the update of a pressed inline button; returns its ids."""
    query = f"{world.updates.next_id}{next(world.counter):04d}{person.id:06d}"
    message = place.messages.get(message_id)
    gone = {"chat": world.chat_json(place), "message_id": message_id, "date": 0}
    seen(world, place)
    world.taps[query] = Tap(
        person.id, place.id, message_id, world.clock.now().timestamp(), time.monotonic()
    )
    if len(world.taps) > TAPS_MAX:
        del world.taps[next(iter(world.taps))]
    content = {
        "id": query,
        "from": person.user(),
        "message": message.body if message else gone,
        "chat_instance": str(7_000_000_000_000 + abs(place.id)),
        "data": data,
    }
    update_id = world.lookups.pass_on(
        person.id, lambda: world.updates.push("callback_query", content)
    )
    return {"update_id": update_id, "callback_id": query, "event": world.events.last}


def block(world: World, person: Person, *, blocked: bool) -> Json:
    """Block or unblock the bot, and queue the update; returns its id."""
    update_id = None
    if _present(person).blocked is not blocked:
        person.blocked = blocked
        chat = world.chats[person.id]
        world.emit("blocked", chat, blocked=blocked)
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        update_id = tell_membership(world, chat, person, before, after)
    return {"update_id": update_id, "event": world.events.last}


def tell_membership(
    world: World, chat: Chat, person: Person, before: str, after: str
) -> int | None:
    """Queue the update about a change of the bot's own membership; returns its id or None."""
    bot = world.bot.user()

    def member(status: str) -> Json:
        until = {"until_date": 0} if status == "kicked" else {}
        return {"user": bot, "status": status, **until}

    return world.updates.push(
        "my_chat_member",
        {
            "chat": world.chat_json(chat),
            "from": person.user(),
            "date": world.clock.epoch(),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        },
    )


def seen(world: World, place: Chat) -> None:
    """Reset the unread count of a chat, as any action of a person in it does."""
    if place.unread:
        place.unread = 0
        world.emit("unread", place, unread=0)
