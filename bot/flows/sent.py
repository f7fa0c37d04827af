"""Messages about what people send that is no plain text: photos, voices, edits, replies.

`member` is whether the sender is one; `asked` whether an open question follows.
"""

from dataclasses import dataclass

from bot.core.conversation.messages import Message

__all__ = [
    "AsRecorded",
    "CaptionUnused",
    "ContactSent",
    "EditTaken",
    "EditUnread",
    "FileSent",
    "ForwardUnread",
    "ForwardedFrom",
    "LocationSent",
    "PhotoKept",
    "PhotoSent",
    "PhotoUnused",
    "PollSent",
    "RecordStays",
    "SaleStays",
    "StickerSent",
    "VideoSent",
    "VoiceSent",
]


@dataclass(frozen=True, slots=True)
class PhotoKept(Message):
    """The photo or document with these words is kept as the proof of the sale.

    Attributes:
        more: whether others came with it, which are not kept.
    """

    more: bool


@dataclass(frozen=True, slots=True)
class PhotoUnused(Message):
    """The words under a photo or document were read; the file itself is not kept."""

    document: bool


@dataclass(frozen=True, slots=True)
class CaptionUnused(Message):
    """The file was taken; the words under it answer nothing that is asked now."""


@dataclass(frozen=True, slots=True)
class PhotoSent(Message):
    """A photo without words, while nothing is open."""

    member: bool


@dataclass(frozen=True, slots=True)
class FileSent(Message):
    """A document without words, while nothing is open."""

    member: bool


@dataclass(frozen=True, slots=True)
class VoiceSent(Message):
    """A voice message, a round film or music, which the bot cannot hear."""

    member: bool
    asked: bool = False


@dataclass(frozen=True, slots=True)
class VideoSent(Message):
    """A film, which the bot does not keep."""

    member: bool
    asked: bool = False


@dataclass(frozen=True, slots=True)
class StickerSent(Message):
    """A sticker, a moving picture or a die while nothing is open: most often a thanks."""

    member: bool


@dataclass(frozen=True, slots=True)
class LocationSent(Message):
    """A place on the map, which the bot does not keep."""

    member: bool
    asked: bool = False


@dataclass(frozen=True, slots=True)
class ContactSent(Message):
    """A contact card while nothing is open; nothing of it is kept.

    Attributes:
        own: whether it is the sender's own.
        member: whether the sender is a member.
    """

    own: bool
    member: bool


@dataclass(frozen=True, slots=True)
class PollSent(Message):
    """A poll, which the bot cannot answer."""

    member: bool
    asked: bool = False


@dataclass(frozen=True, slots=True)
class EditTaken(Message):
    """An earlier message was changed, and its new words took the place of the former ones."""


@dataclass(frozen=True, slots=True)
class EditUnread(Message):
    """The message that began the conversation was changed into something else; nothing changes."""


@dataclass(frozen=True, slots=True)
class SaleStays(Message):
    """The changed message belongs to a sale that is recorded, and stays as it is.

    Attributes:
        receipt: its receipt.
        status: of the sale.
        voidable: whether the seller can still take it back.
    """

    receipt: str
    status: str
    voidable: bool


@dataclass(frozen=True, slots=True)
class RecordStays(Message):
    """The changed message belongs to something else that is recorded, and stays as it is.

    `flow` is the conversation that recorded it.
    """

    flow: str


@dataclass(frozen=True, slots=True)
class AsRecorded(Message):
    """Placed before the receipt that a reply is about: nothing of it has been changed."""


@dataclass(frozen=True, slots=True)
class ForwardedFrom(Message):
    """Placed before what a forwarded message seems to be: who wrote it, only shown."""

    writer: str


@dataclass(frozen=True, slots=True)
class ForwardUnread(Message):
    """A forwarded message that is no order: the bot does not take it for the sender's words."""

    member: bool
