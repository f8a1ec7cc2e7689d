"""How well two reports about one household are recognised: synthetic households with noise, and the figures."""
