"""Versions of the made-up service."""


class VersionRequest:
    def __init__(self, text=None):
        self.text = text

    def is_null(self):
        return self.text is None

    def get_string(self):
        if self.text is None:
            raise ValueError
        return self.text


def min_api_version():
    return VersionRequest("2.1")


def max_api_version():
    return VersionRequest("2.20")


def is_supported(req, version):
    return req.version >= version


def check(schema, min_version, max_version, kwargs):
    raise NotImplementedError
