"""Methods that put messages into chats, change them and take them away."""

import time
from typing import Any

from sandbox import keyboards
from sandbox.access import known_chat, open_chat, own_message
from sandbox.calls import Call
from sandbox.refusals import bad_request, violation
from sandbox.state import Chat, Json, Message
from sandbox.wording import caption, message_text
from sandbox.world import CALLBACK_FRESH_S, World

TOAST_MAX = 200
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
DELETE_WITHIN_S = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


def send_message(world: World, call: Call) -> Json:
    """A text into a chat."""
    chat = open_chat(world, call)
    rich = message_text(call)
    content: Json = {"text": rich.text}
    if rich.entities:
        content["entities"] = rich.entities
    if "link_preview_options" in call.params:
        content["link_preview_options"] = call.params["link_preview_options"]
    return post(world, call, chat, content)


def edit_message_text(world: World, call: Call) -> Json:
    """Another text, and another keyboard, for a message of the bot's own."""
    chat, message = own_message(world, call)
    rich = message_text(call)
    if "text" not in message.body:
        raise bad_request("there is no text in the message to edit")
    return change(world, call, chat, message, {"text": rich.text, "entities": rich.entities})


def edit_message_caption(world: World, call: Call) -> Json:
    """Another caption for a photo or a document."""
    chat, message = own_message(world, call)
    if "photo" not in message.body and "document" not in message.body:
        raise bad_request("there is no caption in the message to edit")
    rich = caption(call)
    new = {"caption": rich.text, "caption_entities": rich.entities}
    return change(world, call, chat, message, new)


def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Another keyboard under the same content."""
    chat, message = own_message(world, call)
    return change(world, call, chat, message, {})


def delete_message(world: World, call: Call) -> bool:
    """Take a message away, while it is young enough."""
    chat = known_chat(world, call)
    number = call.params["message_id"]
    message = chat.messages.get(number)
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock.epoch() - message.body["date"] > DELETE_WITHIN_S:
        raise bad_request("message can't be deleted for everyone")
    if chat.id < 0 and not message.own:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[number]
    world.emit("delete", chat, message_id=number, by_bot=True)
    return True


def answer_callback_query(world: World, call: Call) -> bool:
    """End the waiting sign on a button, with or without words."""
    query = call.params["callback_query_id"]
    tap = world.taps.get(query)
    stale = "query is too old and response timeout expired or query ID is invalid"
    if tap is None or tap.answered:
        raise bad_request(stale)
    age = max(world.clock.now().timestamp() - tap.at, time.monotonic() - tap.monotonic)
    if age > CALLBACK_FRESH_S:
        raise bad_request(stale)
    text = call.params.get("text", "")
    if len(text) > TOAST_MAX:
        raise violation("MESSAGE_TOO_LONG")
    tap.answered = True
    kind = "alert" if call.params.get("show_alert") else "toast"
    world.events.emit(
        kind if text else "answered",
        tap.person,
        chat=tap.chat_id,
        message_id=tap.message_id,
        callback_id=query,
        text=text,
        url=call.params.get("url"),
        by_bot=True,
    )
    return True


def send_chat_action(world: World, call: Call) -> bool:
    """Show "typing" for a moment."""
    chat = open_chat(world, call)
    if call.params["action"] not in ACTIONS:
        raise violation("wrong parameter action in request")
    world.emit("typing", chat, action=call.params["action"], by_bot=True)
    return True


def post(world: World, call: Call, chat: Chat, content: Json) -> Json:
    """Write a new message of the bot's into a chat."""
    replied = _replied_to(world, call, chat)
    markup = call.params.get("reply_markup") or {}
    inline = keyboards.inline_keyboard(markup, call.notes)
    keys = keyboards.reply_keyboard(markup, call.notes) if "keyboard" in markup else None
    number = chat.take_message_id()
    body: Json = {
        "message_id": number,
        "from": world.bot.user(),
        "chat": world.chat_json(chat),
        "date": world.clock.epoch(),
        **replied,
        **content,
    }
    if inline:
        body["reply_markup"] = inline
    if call.params.get("protect_content"):
        body["has_protected_content"] = True
    if "message_effect_id" in call.params:
        body["effect_id"] = call.params["message_effect_id"]
    bound_to_keys = keys is not None or bool(markup.get("force_reply"))
    chat.messages[number] = Message(body, own=True, editable=not bound_to_keys)
    chat.unread += 1
    world.emit("message", chat, message=body, by_bot=True)
    world.emit("unread", chat, unread=chat.unread)
    if keys is not None or "remove_keyboard" in markup:
        chat.reply_keyboard, chat.keyboard_hidden = keys, False
        world.emit("keyboard", chat, reply_keyboard=keys, hidden=False, by_bot=True)
    return body


def _replied_to(world: World, call: Call, chat: Chat) -> Json:
    wish = call.params.get("reply_parameters")
    if not wish or "message_id" not in wish:
        return {}
    message = world.message(wish.get("chat_id", chat.id), wish["message_id"])
    if message is not None:
        return {"reply_to_message": _without_reply(message.body)}
    if wish.get("allow_sending_without_reply"):
        return {}
    raise bad_request("message to be replied not found")


def _without_reply(body: Json) -> Json:
    return {name: value for name, value in body.items() if name != "reply_to_message"}


def change(world: World, call: Call, chat: Chat, message: Message, new: dict[str, Any]) -> Json:
    """Edit a message; an edit that changes nothing is refused, as Telegram does."""
    markup = keyboards.inline_keyboard(call.params.get("reply_markup"), call.notes)
    body = {**message.body, **new, "reply_markup": markup}
    body = {name: value for name, value in body.items() if value not in (None, [], "")}
    if body == message.body:
        raise bad_request(NOT_MODIFIED)
    message.body = {**body, "edit_date": world.clock.epoch()}
    world.emit("edit", chat, message=message.body, by_bot=True)
    return message.body
