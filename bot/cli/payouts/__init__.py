"""The commands `payouts list` and `payouts record`.

Begin with `payout_commands.py`.
"""
