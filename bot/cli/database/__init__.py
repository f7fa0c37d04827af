"""Commands for the database: upgrade, back up, restore, and check that it is the right one.

May import store, system and core; heavy imports are inside the functions. Begin with `upgrade.py`,
which runs at every start of the bot.
"""
