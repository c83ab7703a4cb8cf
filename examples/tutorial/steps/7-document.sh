.venv/bin/sphinx-build -W doc doc/_build/html
