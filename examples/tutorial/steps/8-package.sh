git tag 1.0.0
.venv/bin/python -m build
ls dist
