"""The routes of the made-up service."""

import functools

from routeapi import boats, crews


def _create_controller(main_controller, action_controllers):
    raise RuntimeError("nothing is made to read it")


boats_controller = functools.partial(
    _create_controller, boats.BoatsController, [crews.CrewsController]
)
crews_controller = functools.partial(_create_controller, crews.OtherCrewsController, [])

ROUTE_LIST = (
    ("", "/"),
    ("/", {"GET": [boats_controller, "detail"]}),
    ("/os-boats", {"GET": [boats_controller, "index"], "POST": [boats_controller, "create"]}),
    ("/os-boats/detail", {"GET": [boats_controller, "detail"]}),
    (
        "/os-boats/{id}",
        {"PUT": [boats_controller, "update"], "DELETE": [boats_controller, "delete"]},
    ),
    ("/os-boats/{id}/action", {"POST": [boats_controller, "action"]}),
    ("/os-boats/{boat_id:[a-z]+}/crews/{id}", {"GET": [crews_controller, "show"]}),
)

BROKEN = (
    ("/boats", {"GET": [boats_controller, "sail"], "POST": [_create_controller, "create"]}),
    ("/boats/{id}", {"DELETE": [boats_controller, "delete"]}),
)
