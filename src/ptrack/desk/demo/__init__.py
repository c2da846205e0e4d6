"""The demo practice: a believable year of twelve clients, the same every time, relative to today."""
