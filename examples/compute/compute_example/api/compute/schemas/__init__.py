"""JSON Schemas of requests, query strings and answers; a module an extension."""
