"""The commands: each module's classes are entry points of ``compute_example.cli.v2``."""
