"""What was done with the weights."""
