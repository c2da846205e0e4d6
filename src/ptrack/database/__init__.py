"""Reading, writing, migrating, checking and backing up the one SQLite file."""
