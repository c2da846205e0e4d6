"""Metrics: what is measured of clients, what is reckoned from it, and how it is shown."""
