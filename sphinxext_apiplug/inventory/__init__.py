"""The data model of one API: versions, operations, payloads, problems.

Nothing here imports anything else of this project, nor Sphinx, nor plugin code.
"""
