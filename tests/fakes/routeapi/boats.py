"""Boats, and who may steer them."""

from routeapi import versions, wsgi

MANY = {"type": "array", "items": {"type": "string"}}
ONCE = {"type": "array", "maxItems": 1, "items": {"type": "integer", "minimum": 0}}

create = {
    "type": "object",
    "properties": {"boat": {"type": "object", "properties": {"name": {"type": "string"}}}},
    "required": ["boat"],
}
create_v25 = {
    "type": "object",
    "properties": {
        "boat": {
            "type": "object",
            "properties": {"name": {"type": "string"}, "sails": {"type": "integer"}},
        }
    },
    "required": ["boat"],
}
shown = {"type": "object", "properties": {"boat": {"type": "object"}}}
nothing = {"type": "null"}
index_query = {
    "type": "object",
    "properties": {"limit": ONCE, "tag": MANY},
    "additionalProperties": True,
}
index_query_v23 = {
    "type": "object",
    "properties": {"limit": ONCE, "tag": MANY, "harbour": MANY},
    "patternProperties": {"^x-": ONCE},
    "additionalProperties": False,
}


class BoatsController(wsgi.Controller):
    """What floats."""

    @wsgi.expected_errors((), "2.1", "2.2")
    @wsgi.expected_errors(404, "2.3")
    @wsgi.query_schema(index_query, "2.1", "2.2")
    @wsgi.query_schema(index_query_v23, "2.3")
    def index(self, req):
        """List boats."""
        return {"boats": [], "more": req.params.get("unlisted")}

    def detail(self, req):
        return {"boats": []}

    @wsgi.response(201, "2.2")
    @wsgi.response(200, None, "2.1")
    @wsgi.expected_errors(400)
    @wsgi.schema(create, "2.0", "2.4")
    @wsgi.schema(create_v25, "2.5")
    @wsgi.response_body_schema(shown, None, "2.1")
    @wsgi.response_body_schema(shown, "2.2")
    def create(self, req, body):
        if body["boat"] in self.index(req)["boats"]:
            raise wsgi.HTTPConflict("there is one of that name")

    @wsgi.api_version("2.4", "2.19")
    @wsgi.expected_errors(())
    @wsgi.response_body_schema(shown, "2.1", "2.3")
    @wsgi.response_body_schema(shown, "2.4", "2.9")
    @wsgi.response_body_schema(nothing, "2.10")
    def update(self, req, id, body):
        with_body = not versions.is_supported(req, "2.10")
        if not with_body:
            return wsgi.Response(status_int=202)
        return {"boat": {}}

    @wsgi.expected_errors(410)
    @wsgi.removed("3.0.0", "Boats stay\nwhere they are.")
    def delete(self, req, id):
        raise wsgi.HTTPGone

    @wsgi.action("sink")
    @wsgi.expected_errors(409)
    def _sink(self, req, id, body):
        pass
