"""How much of an API its code describes."""
