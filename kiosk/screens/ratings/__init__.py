"""The wing of ratings: the tablet at a window, a slip at the station, what staff read of it."""
