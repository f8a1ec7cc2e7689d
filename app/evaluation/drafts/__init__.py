"""How well a report is understood from one message: reports in village words with their truth, and the figures."""
