"""References that people wrote by hand for os-api-ref, as data.

Such a tree holds reStructuredText (``*.inc``, ``*.rst``) with the directives
``rest_method``, ``rest_parameters`` and ``rest_status_code``, and YAML files that say what
each parameter is. It is read line by line, because every fact keeps its line.
"""
