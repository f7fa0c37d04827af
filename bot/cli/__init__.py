"""The operator's side of the bot: one module a command, thin over what the bot itself does.

Heavy imports stand inside the functions, so that `--help` and a slip of the pen are answered at
once.
"""
