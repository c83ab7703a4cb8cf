.venv/bin/apiplug list compute_example.api.v21.extensions
