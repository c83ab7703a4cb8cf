curl --silent --show-error --fail -X PUT "http://127.0.0.1:8774/v2.1/os-host-notes/node-1" \
  -H "X-Auth-Token: admin" \
  -H "Content-Type: application/json" \
  -d '{"host_note": {"note": "Replace the fan on Friday."}}'
curl --silent --show-error --fail "http://127.0.0.1:8774/v2.1/os-host-notes" \
  -H "X-Auth-Token: reader"
