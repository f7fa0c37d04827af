"""Reads a command line: `/jual 2 sabun`, `/saldo@jualdulu_bot`."""

__all__ = ["is_for_another_bot", "read_command"]


def read_command(text: str, username: str) -> tuple[str, str] | None:
    """Returns the name of a command and what stands behind it; None for any other text.

    The name ends at the first space or at the end of its line.
    A command for another bot keeps its address as part of its name, which no command of ours has.

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
    """Whether a command names a bot behind its `@`, and not this one."""
    words = text.split(maxsplit=1)
    _, at, addressee = words[0].partition("@") if words else ("", "", "")
    return text.startswith("/") and bool(at) and addressee.casefold() != username.casefold()
