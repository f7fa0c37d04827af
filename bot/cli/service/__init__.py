"""Commands that run the bot or talk to the running one.

Begin with `run.py`. `supervisor.py` is the parent process that starts the bot again after a crash.
"""
