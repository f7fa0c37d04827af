"""What a member means by a text that is neither a command nor an answer: intents, in any words.

An intent only opens what a command or a button opens too; whatever acts asks first.
"""
