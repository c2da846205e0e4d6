"""What clients say of their sessions."""
