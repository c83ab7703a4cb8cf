"""What extensions are made of, and what serves them."""
