"""A hand-written reference held against what was read from the code."""
