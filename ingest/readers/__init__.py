"""One reader per format: a file's bytes become lines and tables, nothing is judged yet."""
