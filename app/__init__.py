"""Composition root and command line: builds everything from settings, holds no rule."""
