"""Days, hours and months: when a message may be sent, which month a sale counts in.

Pure, like all of core. Begin with `periods.py`.
"""
