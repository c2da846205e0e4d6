"""Templates, client programs and the next planned workout."""
