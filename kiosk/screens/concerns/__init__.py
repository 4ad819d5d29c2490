"""What residents say, at the station, on their receipt, and with staff."""
