"""Reads a command line: `/jual 2 sabun`, `/saldo@jualdulu_bot`."""

__all__ = ["is_for_another_bot", "read_command"]


def read_command(text: str, username: str) -> tuple[str, str] | None:
    """Returns the name of a command and its arguments; None for any other text.

    The name ends at the first space or at the end of its line. A command for another bot keeps
    the address as part of its name, so that it matches no command of this bot.

    Args:
        text: what was typed.
        username: of this bot, without `@`.
    """
    if not text.startswith("/"):
        return None
    call, *args = text.split(maxsplit=1)
    name = call[1:]
    if not is_for_another_bot(text, username):
        name = name.partition("@")[0]
    return name.casefold(), "".join(args).strip()


def is_for_another_bot(text: str, username: str) -> bool:
    """Returns whether a command is addressed, with `@`, to a bot other than this one."""
    words = text.split(maxsplit=1)
    _, at, addressee = words[0].partition("@") if words else ("", "", "")
    return text.startswith("/") and bool(at) and addressee.casefold() != username.casefold()
