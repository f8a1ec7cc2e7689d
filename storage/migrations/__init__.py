"""Numbered migrations, one list per room, none of which imports application code."""
