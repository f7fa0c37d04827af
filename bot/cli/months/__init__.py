"""`close`: shows what a month will pay, then closes it.

Begin with `close.py`; `preview.py` computes, `writer.py` writes.
"""
