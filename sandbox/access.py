"""Which chats and messages a bot may use, and the refusals it gets for others."""

from sandbox.calls import Call
from sandbox.refusals import bad_request, forbidden, violation
from sandbox.state import Chat, Message
from sandbox.world import World


def known_chat(world: World, call: Call) -> Chat:
    """Returns the chat of a request; raises `Refusal` if the bot cannot know it."""
    chat_id = call.params.get("chat_id")
    if chat_id is None:
        raise violation("chat_id is empty")
    if chat_id == world.bot.id:
        raise forbidden("the bot can't send messages to the bot")
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None:
        raise bad_request("chat not found")
    if chat.id > 0 and not world.people[chat.id].started:
        if any(chat.id in place.people for place in world.chats.values() if place.id < 0):
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")
    return chat


def open_chat(world: World, call: Call) -> Chat:
    """Returns the chat of a request; raises `Refusal` if the bot may not write there now."""
    chat = known_chat(world, call)
    person = world.people.get(chat.id)
    if person and person.gone:
        raise forbidden("user is deactivated")
    if person and person.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.kicked:
        raise forbidden(f"bot was kicked from the {world.chat_json(chat)['type']} chat")
    return chat


def own_message(world: World, call: Call) -> tuple[Chat, Message]:
    """Returns the chat and the message to edit; raises `Refusal` unless it is the bot's own."""
    if "inline_message_id" in call.params:
        raise violation("sandbox does not serve inline messages")
    chat = open_chat(world, call)
    if "message_id" not in call.params:
        raise violation("message identifier is not specified")
    message = chat.messages.get(call.params["message_id"])
    if message is None:
        raise bad_request("message to edit not found")
    if not message.own or not message.editable:
        raise bad_request("message can't be edited")
    return chat, message
