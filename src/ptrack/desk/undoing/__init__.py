"""Taking changes back by the journal, and bringing them back."""
