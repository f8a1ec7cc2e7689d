"""The second ear: what a message means beyond the words that the rules know.

``told.toml`` is what it is fitted on, ``fitted.json`` the fit and where it comes from.
"""
