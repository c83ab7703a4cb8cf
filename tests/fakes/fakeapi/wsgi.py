"""Controllers of the made-up service."""

from fakeapi import versions


class HTTPException(Exception):
    code = 500

    def __init__(self, explanation=""):
        super().__init__(explanation)


class HTTPBadRequest(HTTPException):
    code = 400


class HTTPConflict(HTTPException):
    code = 409


class HTTPNotFound(HTTPException):
    code = 404


class Response:
    def __init__(self, body=None, status_int=200):
        self.status_int = status_int


class VersionedMethod:
    def __init__(self, name, start_version, end_version, func):
        self.name = name
        self.start_version = start_version
        self.end_version = end_version
        self.func = func


class ControllerMetaclass(type):
    def __new__(mcs, name, bases, namespace):
        actions, extensions = {}, []
        for base in bases:
            actions.update(getattr(base, "wsgi_actions", {}))
            if "versioned_methods" in vars(base) and base.__name__ == "Controller":
                namespace["versioned_methods"] = base.versioned_methods
                del base.versioned_methods
        for key, value in namespace.items():
            if getattr(value, "wsgi_action", None):
                actions[value.wsgi_action] = key
            elif getattr(value, "wsgi_extends", None):
                extensions.append(value.wsgi_extends)
        namespace["wsgi_actions"] = actions
        namespace["wsgi_extensions"] = extensions
        return super().__new__(mcs, name, bases, namespace)


class Controller(metaclass=ControllerMetaclass):
    def __init__(self):
        raise RuntimeError("controllers need a message bus, and there is none")

    @classmethod
    def api_version(cls, min_ver, max_ver=None):
        def decorator(f):
            table = cls.__dict__.get("versioned_methods")
            if table is None:
                table = {}
                cls.versioned_methods = table
            method = VersionedMethod(
                f.__name__,
                versions.VersionRequest(min_ver),
                versions.VersionRequest(max_ver),
                f,
            )
            table.setdefault(f.__name__, []).append(method)
            return f

        return decorator


def response(code):
    def decorator(func):
        func.wsgi_code = code
        return func

    return decorator


def action(name):
    def decorator(func):
        func.wsgi_action = name
        return func

    return decorator


def extends(func=None, action=None):
    def decorator(inner):
        inner.wsgi_extends = (inner.__name__, action)
        return inner

    return decorator if func is None else decorator(func)
