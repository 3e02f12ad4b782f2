"""Commands of the meetings."""
