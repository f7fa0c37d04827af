"""What people do on their phones: write, tap, share, block; each makes an update for the bot."""

import base64
import binascii
import re

from sandbox import arrivals, entities, keyboards, oddments
from sandbox.files import blank_picture
from sandbox.refusals import NotPossible
from sandbox.state import Chat, Json
from sandbox.world import World

ALBUM_SIZES = range(2, 11)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Phones:
    """The phones of all people; every method answers with what it caused."""

    def __init__(self, world: World) -> None:
        self.world = world

    def say(
        self, person: int, text: str, chat: int | None = None, reply_to: int | None = None
    ) -> Json:
        """Write a text, in the private chat or in a group, perhaps in reply to a message there."""
        content = _plain(text, "text", "entities")
        if not content["text"]:
            raise NotPossible("an empty text cannot be sent")
        return self._write(person, content | self._quoted(person, reply_to, chat), chat)

    def forward(
        self,
        person: int,
        text: str = "",
        writer: int | str = "",
        photo: bool = False,
        chat: int | None = None,
    ) -> Json:
        """Pass on a message of another chat.

        `writer` is a person, the bot, or the bare name of somebody who hides the account; with
        `photo` the text is a caption.
        """
        origin = arrivals.origin_of(self.world, writer)
        if photo:
            stored = self.world.files.add("photo", blank_picture())
            return self._write(
                person, {**origin, "photo": [stored.size()], **_captioned(text)}, chat
            )
        return self._write(person, {**origin, **_plain(text, "text", "entities")}, chat)

    def pass_on(self, person: int, message_id: int, source: int | None = None) -> Json:
        """Forward a message as it is, from the own private chat or that of `source`."""
        place = self.world.chats[self.world.person(source or person).id]
        return self._write(person, arrivals.forwarded(self.world, place, message_id), None)

    def start(self, person: int, payload: str | None = None) -> Json:
        """Press Start, or follow a link t.me/bot?start=payload; a block ends with it."""
        if payload and not _PAYLOAD.fullmatch(payload):
            raise NotPossible("a start payload is at most 64 of A-Z a-z 0-9 _ -")
        self.unblock(person)
        self.world.person(person).opens = None
        return self.say(person, f"/start {payload}" if payload else "/start")

    def tap(
        self,
        person: int,
        message_id: int,
        data: str | None = None,
        label: str | None = None,
        chat: int | None = None,
    ) -> Json:
        """Press an inline button, found by its data or its label."""
        somebody = self.world.person(person)
        place = arrivals.place_of(self.world, somebody, chat)
        message = place.messages.get(message_id)
        markup = message.body.get("reply_markup") if message else None
        button = keyboards.find_button(markup, data, label)
        if button is None:
            raise NotPossible(f"no such button on message {message_id}: {data or label!r}", 404)
        if "callback_data" not in button:
            raise NotPossible(f'the button "{button["text"]}" opens something, it sends nothing')
        return arrivals.press_button(
            self.world, somebody, place, message_id, button["callback_data"]
        )

    def forge(self, person: int, message_id: int, data: str, chat: int | None = None) -> Json:
        """A press with data that is on no button, as a hostile client can send."""
        somebody = self.world.person(person)
        place = arrivals.place_of(self.world, somebody, chat)
        return arrivals.press_button(self.world, somebody, place, message_id, data)

    def press(self, person: int, label: str, chat: int | None = None) -> Json:
        """Press a key of the reply keyboard."""
        somebody = self.world.person(person)
        place = arrivals.place_of(self.world, somebody, chat)
        keyboard = place.reply_keyboard
        key = keyboards.find_key(keyboard, label)
        if keyboard is None or key is None:
            raise NotPossible(f"no such key: {label!r}", 404)
        if key.get("request_contact"):
            done = self.contact(person, chat=chat)
        elif key.get("request_location"):
            done = self.media(person, "location", chat=chat)
        else:
            done = self.say(person, label, chat)
        if keyboard.get("one_time_keyboard"):
            place.keyboard_hidden = True
            self.world.emit("keyboard", place, reply_keyboard=keyboard, hidden=True)
        return done

    def contact(
        self,
        person: int,
        phone_number: str | None = None,
        user_id: int | None = None,
        first_name: str | None = None,
        chat: int | None = None,
    ) -> Json:
        """Share a contact: the own one, unless a number, a user or a name is given."""
        somebody = self.world.person(person)
        own = phone_number is None and user_id is None and first_name is None
        card = {
            "phone_number": phone_number or somebody.phone or f"+6280000{somebody.id:06d}",
            "first_name": first_name or somebody.first_name,
            "last_name": somebody.last_name if own else None,
            "user_id": somebody.id if own else user_id,
        }
        known = {name: value for name, value in card.items() if value is not None}
        return self._write(person, {"contact": known}, chat)

    def photo(
        self,
        person: int,
        caption: str | None = None,
        file: str | None = None,
        chat: int | None = None,
        reply_to: int | None = None,
    ) -> Json:
        """Send a photo; `file` is base64, a plain picture otherwise."""
        picture = _content(file, blank_picture())
        stored = self.world.files.add("photo", picture, sender=person)
        content = {"photo": [stored.size()], **_captioned(caption)}
        return self._write(person, content | self._quoted(person, reply_to, chat), chat)

    def album(
        self,
        person: int,
        photos: int | list[str] = 2,
        caption: str | None = None,
        chat: int | None = None,
    ) -> Json:
        """Send 2 to 10 photos as one album: a number of plain ones, or each as base64.

        Each is a message and an update of its own; the caption belongs to the first.
        """
        given = photos if isinstance(photos, list) else [None] * photos
        if len(given) not in ALBUM_SIZES:
            raise NotPossible("an album has 2 to 10 photos")
        group = f"13{self.world.updates.next_id}{next(self.world.counter):04d}"
        done = []
        for number, file in enumerate(given):
            picture = _content(file, blank_picture(96 + number))
            stored = self.world.files.add("photo", picture, sender=person)
            content: Json = {"media_group_id": group, "photo": [stored.size()]}
            words = _captioned(caption if number == 0 else None)
            done.append(self._write(person, content | words, chat))
        return {**done[-1], "messages": done, "media_group_id": group}

    def document(
        self,
        person: int,
        name: str,
        file: str | None = None,
        caption: str | None = None,
        chat: int | None = None,
    ) -> Json:
        """Send a file under a name; `file` is base64."""
        stored = self.world.files.add("document", _content(file, b"-\n"), name, sender=person)
        return self._write(person, {"document": stored.document(), **_captioned(caption)}, chat)

    def media(self, person: int, kind: str, chat: int | None = None) -> Json:
        """Send something a bot may not expect."""
        return self._write(person, oddments.content_of(kind, self.world.files), chat)

    def edit(self, person: int, message_id: int, text: str, chat: int | None = None) -> Json:
        """Change an own message."""
        somebody = arrivals.writer(self.world, person)
        place = arrivals.place_of(self.world, somebody, chat)
        message = place.messages.get(message_id)
        if message is None or message.body["from"]["id"] != person:
            raise NotPossible(f"no message {message_id} of this person", 404)
        new = {"entities": [], **_plain(text, "text", "entities")}
        if "text" not in message.body:
            new = {"caption_entities": [], **_plain(text, "caption", "caption_entities")}
        return arrivals.rewrite(self.world, place, message, new)

    def erase(self, person: int, message_id: int) -> Json:
        """Delete a message of the private chat for both sides; the bot is not told."""
        place = self.world.chats[self.world.person(person).id]
        if place.messages.pop(message_id, None) is None:
            raise NotPossible(f"no message {message_id}", 404)
        return {"event": self.world.emit("delete", place, message_id=message_id)}

    def overtake(self, person: int, seconds: float) -> Json:
        """The next taps of this person wait so long inside Telegram; what is written does not."""
        self.world.person(person)
        self.world.lookups.hold(person, seconds)
        return {"event": self.world.events.last}

    def delete_account(self, person: int) -> Json:
        """Leave Telegram for good."""
        self.world.person(person).gone = True
        return {"event": self.world.events.last}

    def kick(self, chat: int) -> Json:
        """The first person of a group takes the bot out of it."""
        place = self.world.chats.get(chat)
        if place is None or chat >= 0:
            raise NotPossible(f"no group {chat}", 404)
        place.kicked = True
        somebody = self.world.person(place.people[0])
        told = arrivals.tell_membership(self.world, place, somebody, "member", "kicked")
        return {"update_id": told, "event": self.world.events.last}

    def block(self, person: int) -> Json:
        """Block the bot."""
        return arrivals.block(self.world, self.world.person(person), blocked=True)

    def unblock(self, person: int) -> Json:
        """Unblock the bot."""
        return arrivals.block(self.world, self.world.person(person), blocked=False)

    def read(self, person: int) -> Json:
        """Look at the chat: nothing in it is unread any more."""
        arrivals.seen(self.world, self.world.chats[self.world.person(person).id])
        return {"event": self.world.events.last}

    def group(self, chat: int, title: str, people: list[int]) -> Json:
        """Make a group with these people and the bot; the first of them made it."""
        if chat >= 0 or not people:
            raise NotPossible("a group has a negative id and at least one person")
        members = [self.world.person(member) for member in people]
        place = self.world.chats.setdefault(chat, Chat(chat))
        place.title, place.people, place.kicked = title, list(people), False
        arrivals.tell_membership(self.world, place, members[0], "left", "member")
        return self._write(people[0], {"new_chat_members": [self.world.bot.user()]}, chat)

    def _quoted(self, person: int, reply_to: int | None, chat: int | None) -> Json:
        if reply_to is None:
            return {}
        place = arrivals.place_of(self.world, self.world.person(person), chat)
        return arrivals.quoted(place, reply_to)

    def _write(self, person: int, content: Json, chat: int | None) -> Json:
        return arrivals.write(self.world, arrivals.writer(self.world, person), content, chat)


def _plain(text: str, name: str, entities_name: str) -> Json:
    """What a person typed, with the commands and links in it."""
    rich = entities.finished(entities.clean(text), [])
    content: Json = {name: rich.text}
    return {**content, entities_name: rich.entities} if rich.entities else content


def _captioned(caption: str | None) -> Json:
    return _plain(caption, "caption", "caption_entities") if caption else {}


def _content(encoded: str | None, otherwise: bytes) -> bytes:
    if not encoded:
        return otherwise
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as wrong:
        raise NotPossible("the file must be base64") from wrong
