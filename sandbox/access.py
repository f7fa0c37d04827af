"""Which chats and messages a bot may touch, and what it hears when it may not."""

from sandbox.calls import Call
from sandbox.refusals import bad_request, blocked_by_user, violation
from sandbox.state import Chat, Message
from sandbox.world import World


def known_chat(world: World, call: Call) -> Chat:
    """The chat of a request, if the bot may know of it."""
    chat_id = call.params.get("chat_id")
    if chat_id is None:
        raise violation("chat_id is empty")
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.id > 0 and not world.people[chat.id].started:
        raise bad_request("chat not found")
    return chat


def open_chat(world: World, call: Call) -> Chat:
    """The chat of a request, if the bot may write there now."""
    chat = known_chat(world, call)
    if chat.id > 0 and world.people[chat.id].blocked:
        raise blocked_by_user()
    return chat


def own_message(world: World, call: Call) -> tuple[Chat, Message]:
    """The message to edit, if it is there and the bot's own."""
    if "inline_message_id" in call.params:
        raise violation("sandbox does not serve inline messages")
    chat = known_chat(world, call)
    if chat.id > 0 and world.people[chat.id].blocked:
        raise blocked_by_user()
    if "message_id" not in call.params:
        raise violation("message identifier is not specified")
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.own or not message.editable:
        raise bad_request("message can't be edited")
    return chat, message
