"""Normalising, Traditional to Simplified, sounds, numerals, dates, masking: pure functions."""
