"""What screens may know of the queue: SELECTs shaped for them, frozen records out."""
