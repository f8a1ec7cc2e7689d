"""How much the checker of rewordings catches, and how much of the faithful it lets pass."""
