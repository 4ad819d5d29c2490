"""What kinds of concerns need of their own: hopes, papers held, tasks of the street, what runs out."""
