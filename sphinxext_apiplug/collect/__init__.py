"""Settings in, inventory out: the only room that touches plugin code."""
