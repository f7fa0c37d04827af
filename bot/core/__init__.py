"""What the trade knows: rules over plain values, with no clock, no store and no words."""
