"""Who plays in these tests, and how a bot reaches the sandbox."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Bot
from telegram.request import HTTPXRequest

from sandbox.server import Sandbox

SARI, BUDI, NEW = 2001, 2002, 2003
PEOPLE = [
    {
        "id": SARI,
        "first_name": "Sari",
        "last_name": "Dewi",
        "username": "sari",
        "phone": "+6281200000001",
        "started": True,
    },
    {"id": BUDI, "first_name": "Budi", "phone": "+6281200000002", "started": True},
    {"id": NEW, "first_name": "Wulan", "started": False, "opens": "7K3M9QX2"},
]
Answer = tuple[int, dict[str, Any]]
Ask = Callable[..., Coroutine[Any, Any, Answer]]


def bot_for(telegram: Sandbox) -> Bot:
    return Bot(
        telegram.token,
        request=_line(),
        get_updates_request=_line(),
        base_url=f"{telegram.url}/bot",
        base_file_url=f"{telegram.url}/file/bot",
    )


def _line() -> HTTPXRequest:
    """A client without certificates, which take long to load and are of no use here."""
    return HTTPXRequest(httpx_kwargs={"verify": False, "trust_env": False})
