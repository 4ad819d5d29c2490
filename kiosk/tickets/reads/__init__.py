"""What screens may know of the queue: SELECTs shaped for them, frozen dataclasses out."""
