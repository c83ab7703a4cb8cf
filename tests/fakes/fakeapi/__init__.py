"""A small service of the descriptor family, for extensions that tests make up."""
