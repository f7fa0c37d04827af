"""Takes the address book of a phone from a member, from which customers can be picked."""

from bot.conversation.registry import perform
from bot.core.conversation.messages import Message
from bot.flows.customers import contact_file
from bot.flows.customers.contact_file_messages import ReadContactFile
from bot.system.contact_reading import CONTACT_ENDINGS, CONTACT_FILE_BYTES_MAX
from bot.turn.access import may
from bot.turn.turn import Turn

__all__ = ["take_contact_file"]


def take_contact_file(turn: Turn) -> bool:
    """Take a file of contacts from a member; returns False for other files and other people."""
    sent = turn.incoming
    if sent.kind != "document" or not may(turn.caller, contact_file.SPEC):
        return False
    if not sent.file_name.casefold().endswith(CONTACT_ENDINGS):
        return False
    large = sent.file_bytes > CONTACT_FILE_BYTES_MAX
    for said in perform(turn, ReadContactFile(sent.file_id, large)):
        assert isinstance(said, Message), "the file is read by a job"
        turn.reply.say(said)
    return True
