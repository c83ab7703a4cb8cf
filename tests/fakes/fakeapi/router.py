"""The made-up service's own resources, and the router that maps them."""

import routes
from fakeapi import wsgi

READY = []


def make_ready():
    READY.append(True)


class Resource:
    def __init__(self, controller):
        self.controller = controller

    def __call__(self, environ, start_response):
        raise NotImplementedError("nobody is to be served")


class RacksController(wsgi.Controller):
    def index(self, req):
        """List racks."""

    def show(self, req, id):
        """Show a rack."""


class LampsController(wsgi.Controller):
    def blink(self, req):
        """Let the lamps blink."""


class Loader:
    """The manager that the router makes unless it is given one."""

    def __init__(self):
        raise RuntimeError("all extensions would be loaded")


class Router:
    """Maps what the service has without extensions."""

    def __init__(self, ext_mgr=None):
        manager = ext_mgr or Loader()
        self.map = routes.Mapper()
        self.resources = {"racks": Resource(RacksController())}
        for prefix in ("{project_id:[0-9a-f]+}/", ""):
            self.map.resource(
                "rack",
                "racks",
                controller=self.resources["racks"],
                member={"action": "POST"},
                path_prefix=prefix,
            )
        self.map.redirect("", "/racks")
        if manager.is_loaded("os-lamps"):
            lamps = Resource(LampsController())
            self.map.connect(
                "/os-lamps/blink",
                controller=lamps,
                action="blink",
                conditions={"method": ["PUT"]},
            )


class Mapless:
    """Has a mapper, but nothing in it."""

    def __init__(self, mapper):
        self.map = mapper
