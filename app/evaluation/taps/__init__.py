"""From the first word to the receipt: scenario files, and how many messages and taps each takes."""
