"""What a watcher may ask of the running bot: probes over HTTP, and the figures behind them.

May import runtime and what is below. Begin with `probes.py`.
"""
