"""The exercise library: search, names, aliases."""
