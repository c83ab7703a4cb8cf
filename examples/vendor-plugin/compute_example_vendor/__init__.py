"""Maintenance windows for the hosts of the example compute service."""
