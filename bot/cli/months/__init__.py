"""`close`, `pools` and `give-rank`: closes months, shows their pools, gives ranks by hand.

Begin with `close.py`; `preview.py` calculates, `writer.py` writes.
"""
