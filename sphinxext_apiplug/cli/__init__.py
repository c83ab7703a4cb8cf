"""The command line: the ``apiplug`` command, one module a subcommand."""
