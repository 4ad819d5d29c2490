"""What anybody may open: the board, the phone page, the calendar feed, how the box is."""
