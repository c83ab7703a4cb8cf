.venv/bin/compute-example-api --port 8774 --demo &
