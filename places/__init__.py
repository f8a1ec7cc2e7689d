"""The area tree, the gazetteer and finding a place in a sentence."""
