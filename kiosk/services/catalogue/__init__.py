"""How staff change what the centre offers: plans, what is wrong with one, and the actions that write it."""
