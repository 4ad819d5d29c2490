"""Staff log in, and what is done about their accounts."""
