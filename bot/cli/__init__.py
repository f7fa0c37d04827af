"""The commands of the operator: one module a command, a thin layer over the bot's own code.

Heavy imports are inside the functions, so that `--help` and a typing error are answered at once.
"""
