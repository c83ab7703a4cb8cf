cat > .gitignore <<'END'
/.venv/
/AUTHORS
/ChangeLog
/build/
/dist/
/doc/_build/
*.egg-info/
END
git add .
git commit --quiet --message "Let operators leave notes on hosts"
.venv/bin/pip install --quiet --editable .
