"""Controllers and decorators of the made-up service, of the kind that come with a route list."""

import functools

from routeapi import versions


class HTTPException(Exception):
    code = 500

    def __init__(self, explanation=""):
        super().__init__(explanation)


class HTTPConflict(HTTPException):
    code = 409


class HTTPGone(HTTPException):
    code = 410


class Response:
    def __init__(self, body=None, status_int=200):
        self.status_int = status_int


class ControllerMetaclass(type):
    def __new__(mcs, name, bases, namespace):
        actions = {}
        for base in bases:
            actions.update(getattr(base, "wsgi_actions", {}))
        for key, value in namespace.items():
            if callable(value) and getattr(value, "wsgi_action", None):
                actions[value.wsgi_action] = key
        namespace["wsgi_actions"] = actions
        return super().__new__(mcs, name, bases, namespace)


class Controller(metaclass=ControllerMetaclass):
    def __init__(self):
        raise RuntimeError("controllers need a message bus, and there is none")


class Codes:
    def __init__(self):
        self._codes = []


class Schemas:
    def __init__(self):
        self._schemas = []

    def add(self, schema, min_version, max_version):
        since, until = versions.VersionRequest(min_version), versions.VersionRequest(max_version)
        self._schemas.append((schema, since, until))


def response(code, min_version=None, max_version=None):
    def decorator(func):
        if not hasattr(func, "wsgi_codes"):
            func.wsgi_codes = Codes()
        func.wsgi_codes._codes.append((code, min_version, max_version))
        return func

    return decorator


def action(name):
    def decorator(func):
        func.wsgi_action = name
        return func

    return decorator


def removed(version, reason):
    def decorator(func):
        func.removed = True
        # The reason stands where the version should.
        func.removed_version = reason
        func.removed_reason = reason
        return func

    return decorator


def api_version(min_version=None, max_version=None):
    def decorator(f):
        @functools.wraps(f)
        def wrapped(*args, **kwargs):
            if not min_version <= kwargs["req"].version <= max_version:
                raise LookupError
            return f(*args, **kwargs)

        wrapped.min_version = min_version
        wrapped.max_version = max_version
        return wrapped

    return decorator


def expected_errors(errors, min_version=None, max_version=None):
    def decorator(f):
        @functools.wraps(f)
        def wrapped(*args, **kwargs):
            try:
                return f(*args, **kwargs)
            except HTTPException as error:
                if min_version <= kwargs["req"].version <= max_version and error.code in errors:
                    raise
                raise

        return wrapped

    return decorator


def schema(request_body_schema, min_version=None, max_version=None):
    def add_validator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            versions.check(request_body_schema, min_version, max_version, kwargs)
            return func(*args, **kwargs)

        return noted(
            wrapper, "request_body_schemas", request_body_schema, min_version, max_version
        )

    return add_validator


def query_schema(request_query_schema, min_version=None, max_version=None):
    def add_validator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            versions.check(request_query_schema, min_version, max_version, kwargs)
            return func(*args, **kwargs)

        return noted(
            wrapper, "request_query_schemas", request_query_schema, min_version, max_version
        )

    return add_validator


def response_body_schema(response_body_schema, min_version=None, max_version=None):
    def add_validator(func):
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            versions.check(response_body_schema, min_version, max_version, kwargs)
            return func(*args, **kwargs)

        return noted(
            wrapper, "response_body_schemas", response_body_schema, min_version, max_version
        )

    return add_validator


def noted(wrapper, attribute, schema, min_version, max_version):
    if not hasattr(wrapper, attribute):
        setattr(wrapper, attribute, Schemas())
    getattr(wrapper, attribute).add(schema, min_version, max_version)
    return wrapper
