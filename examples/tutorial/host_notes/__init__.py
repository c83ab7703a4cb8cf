"""Notes that operators leave on hosts."""
