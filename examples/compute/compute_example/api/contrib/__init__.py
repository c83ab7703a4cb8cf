"""Extensions that need no packaging.

Each module in this package has a class of its own name, first letter upper.
The folders that ``[api] contrib_path`` names are part of this package.
"""
