"""Weights that were learned from examples, and how they are summed up.

Nothing is learned while the bot runs: `make learn` writes the weights, and the bot only adds them.
"""
