"""Lists of payments as spreadsheets: their columns, and what the office has filled in.

May import only core. Begin with `payout_sheet.py`.
"""
