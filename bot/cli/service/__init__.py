"""Commands that run the bot, or talk to the running one.

Begin with `run.py`; `supervisor.py` is the process above the bot that starts it again.
"""
