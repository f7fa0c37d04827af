"""The rules of the trade, over plain values: no clock, no database, no words for people."""
