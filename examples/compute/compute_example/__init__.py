"""A small compute service: servers on hosts, to be extended with plugins."""
