"""ptrack, the personal trainer's practice in a terminal."""

__version__ = "0.1.0"
