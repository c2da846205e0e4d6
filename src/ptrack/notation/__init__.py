"""The workout language: one notation for what is planned and what was done. Parsed and printed, pure."""
