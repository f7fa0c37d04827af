"""Reads an address book that a person has sent, in a child process with limits.

The file may be made to use all memory or to run for ever, and it is never written to the disk.
"""

import base64
from typing import Final

from bot.core.customers.vcard_reader import VcardFile, VcardPerson, read_vcards
from bot.core.errors import JobError
from bot.core.input.checked_json import array, integer, string
from bot.system.child_process import Facts, Limits, Parent, run_child, serve

__all__ = ["CONTACT_ENDINGS", "CONTACT_FILE_BYTES_MAX", "read_contact_file"]

TASK: Final = "read contacts"
MODULE: Final = "bot.system.contact_reading"
LIMITS: Final = Limits(60, memory_mib=1024)
CONTACT_FILE_BYTES_MAX: Final = 10 * 1024 * 1024
CONTACT_ENDINGS: Final = (".vcf", ".vcard")


async def read_contact_file(body: bytes) -> VcardFile:
    """Returns the persons of a file; none where reading it takes more than the limits."""
    wish = {"task": TASK, "body": base64.b64encode(body).decode("ascii")}
    try:
        read = await run_child(MODULE, wish, LIMITS)
    except JobError:
        return VcardFile((), 0, more=False)
    rows = [row for row in array(read, "persons") if isinstance(row, list)]
    persons = tuple(VcardPerson(str(name), str(phone)) for name, phone in rows)
    return VcardFile(persons, integer(read, "skipped"), more=bool(read["more"]))


def _read(wish: Facts, _: Parent) -> Facts:
    found = read_vcards(base64.b64decode(string(wish, "body")))
    persons = [[person.name, person.phone] for person in found.persons]
    return {"persons": persons, "skipped": found.skipped, "more": found.more}


if __name__ == "__main__":
    serve({TASK: _read})
