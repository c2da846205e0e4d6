"""Sending what the outbox holds, and reading what comes back."""
