"""Intentions that cross subjects: book, complete, cancel, log, sell."""
