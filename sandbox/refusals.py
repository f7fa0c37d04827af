"""How Telegram says no: a code, a sentence, sometimes a number of seconds."""

from typing import Any


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error of ours
    """An answer with `ok: false`; `violation` marks what a bot must never have asked."""

    def __init__(
        self,
        description: str,
        code: int = 400,
        *,
        retry_after: int | None = None,
        violation: bool = False,
        parameters: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(description)
        self.description = description
        self.code = code
        self.retry_after = retry_after
        self.violation = violation
        self.parameters = parameters or {}
        if retry_after is not None:
            self.parameters = {**self.parameters, "retry_after": retry_after}

    def body(self) -> dict[str, Any]:
        """The JSON that Telegram would answer."""
        answer: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


class NotPossible(Exception):  # noqa: N818  the same for the people's side
    """A person cannot do this on their phone; the control interface says so."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


def bad_request(words: str) -> Refusal:
    """A refusal that can happen to a correct bot: the chat has moved on."""
    return Refusal(f"Bad Request: {words}")


def violation(words: str, code: int = 400) -> Refusal:
    """A refusal that only a faulty request earns."""
    prefix = {400: "Bad Request: ", 404: "Not Found: "}.get(code, "")
    return Refusal(prefix + words, code, violation=True)


def too_many_requests(seconds: int) -> Refusal:
    """The flood refusal, with the seconds to wait."""
    return Refusal(f"Too Many Requests: retry after {seconds}", 429, retry_after=seconds)


def forbidden(words: str) -> Refusal:
    """The bot may not write there."""
    return Refusal(f"Forbidden: {words}", 403)


def other_poller() -> Refusal:
    """Two bots with one token: the earlier poll loses."""
    return Refusal(
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
        409,
    )


def webhook_stands() -> Refusal:
    """Updates go to a webhook, and to nobody who asks."""
    return Refusal(
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
        409,
    )


def webhook_set() -> Refusal:
    """A webhook was set while somebody waited for updates."""
    return Refusal("Conflict: terminated by setWebhook request", 409)
