mkdir host-notes
cd host-notes
git init --quiet
python3 -m venv .venv
.venv/bin/pip install --quiet "$APIPLUG" "$APIPLUG/examples/compute" pytest build
