"""The extension in the service, called without a server."""

import pytest
import webob
from compute_example import wsgi

NOTE = {"host_note": {"note": "Replace the fan on Friday."}}


@pytest.fixture
def service():
    return wsgi.init_application()


def call(service, method, path, body=None, token="admin"):
    request = webob.Request.blank(f"/v2.1{path}", method=method)
    request.headers["X-Auth-Token"] = token
    if body is not None:
        request.json_body = body
        request.content_type = "application/json"
    return request.get_response(service)


def test_a_note_is_listed_once_somebody_left_it(service):
    assert call(service, "GET", "/os-host-notes").json == {"host_notes": []}
    answer = call(service, "PUT", "/os-host-notes/node-1", NOTE)
    assert answer.status_code == 200
    assert call(service, "GET", "/os-host-notes").json == {
        "host_notes": [{"host": "node-1", "note": "Replace the fan on Friday."}]
    }


def test_there_is_no_note_without_a_host(service):
    assert call(service, "PUT", "/os-host-notes/nowhere", NOTE).status_code == 404


@pytest.mark.parametrize("note", [{}, {"note": ""}, {"note": 3}, {"note": "x", "by": "me"}])
def test_what_the_schema_does_not_take_is_refused(service, note):
    assert call(service, "PUT", "/os-host-notes/node-1", {"host_note": note}).status_code == 400


def test_only_operators_leave_notes(service):
    assert call(service, "PUT", "/os-host-notes/node-1", NOTE, "member").status_code == 403
    assert call(service, "GET", "/os-host-notes", token="reader").status_code == 200
