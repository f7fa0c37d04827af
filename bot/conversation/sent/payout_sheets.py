"""Takes a spreadsheet from an admin: a list of payments that comes back, or one to import."""

from bot.conversation.registry import perform
from bot.core.conversation.messages import Message
from bot.flows.payouts.payout_list_messages import ReadPayoutFile
from bot.system.spreadsheets import ENDINGS, FILE_BYTES_MAX
from bot.turn.turn import Turn

__all__ = ["take_payout_file"]


def take_payout_file(turn: Turn) -> bool:
    """Take a spreadsheet from an admin; returns False for other files and other people."""
    sent = turn.incoming
    if sent.kind != "document" or "admin" not in turn.caller.roles:
        return False
    if not sent.file_name.casefold().endswith(ENDINGS):
        return False
    for said in perform(turn, ReadPayoutFile(sent.file_id, sent.file_bytes > FILE_BYTES_MAX)):
        assert isinstance(said, Message), "the file is read by a job"
        turn.reply.say(said)
    return True
