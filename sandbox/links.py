"""Which addresses Telegram takes for links, and how it writes them."""

import re

OWN_SCHEMES = frozenset({"tg", "ton"})
WEB_SCHEMES = frozenset({"http", "https", "tonsite"})
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_OWN = re.compile(r"(tg|ton):(?://)?([^\s]+)", re.IGNORECASE)
_PARTS = re.compile(r"([^/?#]*)(.*)", re.DOTALL)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


def link_of(address: str) -> str | None:
    """Returns the address as Telegram keeps it; None if it is no link.

    Without a scheme it is one of http, so that `mailto:a@b.id` is a page of b.id.
    """
    own = _OWN.fullmatch(address)
    if own:
        return f"{own.group(1).lower()}://{own.group(2)}"
    named = _SCHEME.match(address)
    scheme = named.group(1).lower() if named else "http"
    if scheme not in WEB_SCHEMES:
        return None
    parts = _PARTS.fullmatch(address[named.end() :] if named else address)
    assert parts is not None
    authority, path = parts.groups()
    user, at, place = authority.rpartition("@")
    host, colon, port = place.partition(":")
    if not _HOST.fullmatch(host) or (colon and not port.isdecimal()) or re.search(r"\s", path):
        return None
    if not path.startswith("/"):
        path = f"/{path}"
    return f"{scheme}://{user}{at}{host.lower()}{colon}{port}{path}"
