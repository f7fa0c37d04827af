"""The methods the sandbox serves, by name; everything else it refuses by name."""

from collections.abc import Awaitable, Callable
from typing import Any

from sandbox import methods_bot, methods_media, methods_messages
from sandbox.calls import Call
from sandbox.world import World

Answer = Any | Awaitable[Any]

SERVED: dict[str, Callable[[World, Call], Answer]] = {
    "getMe": methods_bot.get_me,
    "getUpdates": methods_bot.get_updates,
    "setWebhook": methods_bot.set_webhook,
    "deleteWebhook": methods_bot.delete_webhook,
    "getWebhookInfo": methods_bot.get_webhook_info,
    "sendMessage": methods_messages.send_message,
    "editMessageText": methods_messages.edit_message_text,
    "editMessageReplyMarkup": methods_messages.edit_message_reply_markup,
    "editMessageCaption": methods_messages.edit_message_caption,
    "deleteMessage": methods_messages.delete_message,
    "answerCallbackQuery": methods_messages.answer_callback_query,
    "sendPhoto": methods_media.send_photo,
    "sendDocument": methods_media.send_document,
    "sendChatAction": methods_messages.send_chat_action,
    "getFile": methods_media.get_file,
    "setMyCommands": methods_bot.set_my_commands,
    "getMyCommands": methods_bot.get_my_commands,
    "deleteMyCommands": methods_bot.delete_my_commands,
    "setMyName": methods_bot.set_about,
    "setMyDescription": methods_bot.set_about,
    "setMyShortDescription": methods_bot.set_about,
    "getChat": methods_bot.get_chat,
}
