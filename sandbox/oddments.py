"""What a bot may not expect: stickers, voices, places, films and polls, ready to be sent.

As with Telegram, a moving picture is a document too, and a venue has a location.
"""

from sandbox.files import Files
from sandbox.refusals import NotPossible
from sandbox.state import Json

STORED = frozenset({"sticker", "voice", "video", "video_note", "audio", "animation"})
OPTION: Json = {"voter_count": 0}
MEDIA: dict[str, Json] = {
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    },
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "video_note": {"length": 240, "duration": 5},
    "audio": {"duration": 180, "mime_type": "audio/mpeg"},
    "animation": {"width": 320, "height": 240, "duration": 2, "mime_type": "video/mp4"},
    "dice": {"emoji": "🎲", "value": 4},
    "venue": {
        "location": {"latitude": -6.2, "longitude": 106.816},
        "title": "Pasar Baru",
        "address": "Jl. Pasar Baru 1",
    },
    "location": {"latitude": -6.2, "longitude": 106.816},
    "story": {"chat": {"id": 777, "type": "private", "first_name": "Ani"}, "id": 5},
    "video": {"width": 320, "height": 240, "duration": 4, "mime_type": "video/mp4"},
    "poll": {
        "id": "5000000000000000001",
        "question": "?",
        "options": [
            {"text": "1", "persistent_id": "1", **OPTION},
            {"text": "2", "persistent_id": "2", **OPTION},
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    },
}


def content_of(kind: str, files: Files) -> Json:
    """The content of a message of this kind."""
    if kind not in MEDIA:
        raise NotPossible(f"unknown kind of media: {kind!r}; known: {sorted(MEDIA)}")
    facts = dict(MEDIA[kind])
    if kind == "venue":
        return {kind: facts, "location": facts["location"]}
    if kind not in STORED:
        return {kind: facts}
    stored = files.add(kind, kind.encode())
    facts |= {"file_id": stored.file_id, "file_unique_id": stored.unique_id}
    moving = {"document": stored.document()} if kind == "animation" else {}
    return {kind: facts, **moving}
