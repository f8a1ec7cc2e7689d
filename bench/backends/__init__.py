"""The two embedding backends side by side, with the same weights."""
