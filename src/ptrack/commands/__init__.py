"""The command line's edges, a file per command group."""
