"""What is to be sent: messages as rows, made with their cause, and what becomes of them."""
