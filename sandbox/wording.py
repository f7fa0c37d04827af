"""The texts and captions of requests, with their entities and their greatest lengths."""

from sandbox import entities, rich_text
from sandbox.calls import Call
from sandbox.entities import ENTITIES_MAX, RichText
from sandbox.refusals import violation

TEXT_MAX = 4096
CAPTION_MAX = 1024
RAW_BYTES_MAX = 32_768
ENTITIES_BYTES_MAX = 9_500


def message_text(call: Call) -> RichText:
    """The text of a message: there must be one, and not too much."""
    if not call.params.get("text"):
        raise violation("message text is empty")
    rich = formatted(call, "text", "entities")
    if not rich.text:
        raise violation("text must be non-empty")
    if len(rich.text) > TEXT_MAX:
        raise violation("message is too long")
    return rich


def formatted(call: Call, name: str, entities_name: str) -> RichText:
    """A text parameter with its entities, as the parse mode or the caller says."""
    source = call.params.get(name, "")
    if len(source.encode("utf-8", "surrogatepass")) > RAW_BYTES_MAX:
        raise violation("text is too long")
    rich = _parsed(call, entities.clean(source), entities_name)
    if entities.size_of(rich.entities) > ENTITIES_BYTES_MAX:
        raise violation("ENTITIES_TOO_LONG")
    if len(rich.entities) > ENTITIES_MAX:
        call.notes.append(f"sandbox: {len(rich.entities)} entities, the rest is shown plain")
    return RichText(rich.text, rich.entities[:ENTITIES_MAX])


def _parsed(call: Call, source: str, entities_name: str) -> RichText:
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
        editing = call.method == "editMessageCaption"
        raise violation("MESSAGE_TOO_LONG" if editing else "message caption is too long")
    return rich
