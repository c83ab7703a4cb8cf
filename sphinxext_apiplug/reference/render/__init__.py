"""Renderers: functions from the model and options to nodes.

None of them sees the application, the environment, a plugin or its schemas.
"""
