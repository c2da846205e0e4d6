"""Packages and the append-only ledger of session credits."""
