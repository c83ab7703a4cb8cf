"""What a project's people did: changelog, authors and release notes, as data.

Facts about git come through pbr, those about release notes through reno.
"""
