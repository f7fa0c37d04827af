"""The texts and captions of requests, with their entities and their greatest lengths."""

from sandbox import entities, rich_text
from sandbox.calls import Call
from sandbox.entities import RichText
from sandbox.refusals import violation

TEXT_MAX = 4096
CAPTION_MAX = 1024


def message_text(call: Call) -> RichText:
    """The text of a message: there must be one, and not too much."""
    rich = formatted(call, "text", "entities")
    if not rich.text:
        raise violation("message text is empty")
    if len(rich.text) > TEXT_MAX:
        raise violation("message is too long")
    return rich


def formatted(call: Call, name: str, entities_name: str) -> RichText:
    """A text parameter with its entities, as the parse mode or the caller says."""
    source = entities.clean(call.params.get(name, ""))
    mode = call.params.get("parse_mode", "").lower()
    if mode in ("", "none"):
        return entities.finished(source, [dict(one) for one in call.params.get(entities_name, [])])
    if mode in ("markdown", "markdownv2"):
        raise violation(f"sandbox does not serve parse_mode {call.params['parse_mode']}")
    if mode != "html":
        raise violation("unsupported parse_mode")
    try:
        return entities.finished(*rich_text.parse_html(source))
    except rich_text.NotParsed as wrong:
        raise violation(f"can't parse entities: {wrong}") from wrong


def caption(call: Call) -> RichText:
    """The caption of a request, empty if there is none."""
    rich = formatted(call, "caption", "caption_entities")
    if len(rich.text) > CAPTION_MAX:
        raise violation("message caption is too long")
    return rich
