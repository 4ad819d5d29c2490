"""How long people wait: the range that is told, the time visits take, and what is counted once for all."""
