"""Files become clean, dated, placed passages."""
