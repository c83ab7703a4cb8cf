"""Which hosts a server may be put on: filters, then weighers."""

from compute_example.scheduler.filters import RequestSpec
from compute_example.scheduler.scheduler import Scheduler, WeighedHost

__all__ = ["RequestSpec", "Scheduler", "WeighedHost"]
