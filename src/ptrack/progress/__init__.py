"""Records, strength, metrics, streaks and trends."""
