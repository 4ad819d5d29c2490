"""The parts of the clerk's page: what its forms do, what it shows, and the way of the ticket at hand."""
