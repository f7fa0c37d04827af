"""Commands about the database: upgrade, back up, restore, and whether it is the right one.

May import store, system and core; heavy imports stand inside the functions. Begin with
`upgrade.py`, which every start of the bot goes through.
"""
