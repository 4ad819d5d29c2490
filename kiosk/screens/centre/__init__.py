"""The centre's own pages: when it is open, what it is called, what it tells, and what staff changed of it."""
