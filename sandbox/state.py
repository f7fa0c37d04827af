"""People, chats, messages and files: what the sandbox remembers, as plain data."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]
Spoken = str | dict[str, str]


@dataclass(slots=True)
class Person:
    """A person with a phone.

    Attributes:
        caption: who this is, for the page: a text, or one in each language of the page.
        opens: the start payload of a link that was sent to this person.
        note: what to try on this phone, like `caption`.
        zone: the time zone of the phone's clock (IANA); empty for the zone of the page.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    phone: str | None = None
    language_code: str | None = "id"
    started: bool = False
    show: bool = True
    caption: Spoken = ""
    opens: str | None = None
    note: Spoken = ""
    zone: str = ""
    blocked: bool = False
    gone: bool = False

    def user(self) -> Json:
        """Returns the person as a Telegram User."""
        return _present(
            id=self.id,
            is_bot=False,
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
            language_code=self.language_code,
        )

    def private_chat(self) -> Json:
        """Returns the person as a Telegram Chat."""
        return _present(
            id=self.id,
            type="private",
            first_name=self.first_name,
            last_name=self.last_name,
            username=self.username,
        )


@dataclass(slots=True)
class Message:
    """A message as the Bot API shows it, and what the API does not show."""

    body: Json
    own: bool
    editable: bool = True


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group (a negative id)."""

    id: int
    title: str | None = None
    people: list[int] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    next_message_id: int = 1
    reply_keyboard: Json | None = None
    keyboard_hidden: bool = False
    unread: int = 0
    kicked: bool = False

    def take_message_id(self) -> int:
        """Returns the id for the next message of this chat."""
        number = self.next_message_id
        self.next_message_id += 1
        return number


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that was sent."""

    file_id: str
    unique_id: str
    path: str
    kind: str
    name: str | None
    mime_type: str
    content: bytes
    width: int = 0
    height: int = 0

    def size(self) -> Json:
        """Returns the file as a Telegram PhotoSize."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "width": self.width,
            "height": self.height,
            "file_size": len(self.content),
        }

    def document(self) -> Json:
        """Returns the file as a Telegram Document."""
        return _present(
            file_id=self.file_id,
            file_unique_id=self.unique_id,
            file_name=self.name,
            mime_type=self.mime_type,
            file_size=len(self.content),
        )


def _present(**fields: Any) -> Json:
    return {name: value for name, value in fields.items() if value is not None}
