.venv/bin/pytest --quiet tests
