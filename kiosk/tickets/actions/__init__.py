"""The verbs of the queue, one file a verb or a few that belong together."""
