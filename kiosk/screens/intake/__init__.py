"""The other ways in which staff hear of something: on the telephone, in a chat, at a door, in a meeting."""
