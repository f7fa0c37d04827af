"""What came back of a sale, and what a return after the close takes from each bonus.

May import only core. Begin with `pieces.py`.
"""
