"""The client: the ``compute-example`` command, whose commands are plugins."""
