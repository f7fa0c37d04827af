"""Tables that people send or keep as files: how text becomes rows, and what is wrong with a cell.

May import only core. Begin with `csv_table.py`.
"""
