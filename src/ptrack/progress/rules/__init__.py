"""What the history of a client says: records, strength, points, streaks, trends. Pure functions."""
