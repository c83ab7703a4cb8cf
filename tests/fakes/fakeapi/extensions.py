"""What extensions of the made-up service are made of."""

import functools


class Extension:
    name = None
    alias = None
    version = 1

    def __init__(self, extension_info):
        self.extension_info = extension_info

    def get_resources(self):
        return []

    def get_controller_extensions(self):
        return []


class ResourceExtension:
    def __init__(
        self,
        collection,
        controller=None,
        parent=None,
        collection_actions=None,
        member_actions=None,
        custom_routes_fn=None,
        inherits=None,
        member_name=None,
    ):
        self.collection = collection
        self.controller = controller
        self.parent = parent
        self.collection_actions = collection_actions or {}
        self.member_actions = member_actions or {}
        self.custom_routes_fn = custom_routes_fn
        self.inherits = inherits
        self.member_name = member_name


class ControllerExtension:
    def __init__(self, extension, collection, controller):
        self.extension = extension
        self.collection = collection
        self.controller = controller


def expected_errors(errors):
    def decorator(f):
        @functools.wraps(f)
        def wrapped(*args, **kwargs):
            if errors:
                return f(*args, **kwargs)
            return None

        return wrapped

    return decorator


def schema(request_body_schema, min_version=None, max_version=None):
    def add_validator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            if request_body_schema and min_version != max_version:
                return func(*args, **kwargs)
            return func(*args, **kwargs)

        return wrapper

    return add_validator


def query_schema(query_params_schema, min_version=None, max_version=None):
    def add_validator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            if query_params_schema and min_version != max_version:
                return func(*args, **kwargs)
            return func(*args, **kwargs)

        return wrapper

    return add_validator


def response_body_schema(response_body_schema, min_version=None, max_version=None):
    def add_validator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            if response_body_schema and min_version != max_version:
                return func(*args, **kwargs)
            return func(*args, **kwargs)

        return wrapper

    return add_validator
