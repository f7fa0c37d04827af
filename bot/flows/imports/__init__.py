"""The office sends a list of members or products into the chat, and confirms what it changes.

It begins with the file, and goes on in the panel, so it has no command. Pure: may import core and
the shared modules of flows. Begin with `list_import.py`.
"""

FLOWS = ()
