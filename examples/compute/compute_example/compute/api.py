"""The service as extensions see it."""

from __future__ import annotations

from oslo_config import cfg

from compute_example.compute import catalog
from compute_example.compute.flavors import Flavors
from compute_example.compute.images import Images
from compute_example.compute.placement import Placement
from compute_example.compute.servers import Servers
from compute_example.db import Database
from compute_example.scheduler import Scheduler


class API:
    """All parts of the service, and the state that they share."""

    def __init__(self, conf: cfg.ConfigOpts, database: Database) -> None:
        self.conf = conf
        self.database = database
        self.placement = Placement(Scheduler(conf))
        self.flavors = Flavors(database)
        self.images = Images(database)
        self.servers = Servers(database, self.placement)

    @classmethod
    def from_conf(cls, conf: cfg.ConfigOpts) -> API:
        """Make the service that the settings describe."""
        return cls(conf, Database(conf.database.path, conf.database.busy_timeout))

    def start(self) -> None:
        """Make the tables, and fill in the catalog."""
        self.database.create_tables()
        with self.database.writing() as session:
            catalog.fill(session, self.conf)
