"""The parts of a line about a sale: its tokens, its goods, its buyer, its amounts and its day.

A line is read in one pass: `scanning` splits it, `words.usual_words` spells its words as the price
list does, and `line_items` groups them; below it `line_amounts`, `line_payments`, `line_buyers`
and `line_goods` take one kind of part each, and `line_state` answers what the tokens around say.
Words are data, in `words`.
"""
