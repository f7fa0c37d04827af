"""`close` and `pools`: closes a month, and shows the pools of a closed one.

Begin with `close.py`; `preview.py` calculates, `writer.py` writes.
"""
