"""A built site: valid pages, links that lead somewhere, controls that have names."""
