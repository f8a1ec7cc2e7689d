"""Measuring how right the assistant is, on questions that it was not made from."""
