"""`doctor`: checks everything on this machine and says what to do.

Begin with `checks.py`, which lists the checks. A finding says what is wrong, where, and the next
step.
"""
