"""The officer's desk at the command line: who acts, on which case, with which papers."""
