"""Which hosts a server may be put on: filters, then weighers."""

from compute_example.scheduler.scheduler import RequestSpec, Scheduler, WeighedHost

__all__ = ["RequestSpec", "Scheduler", "WeighedHost"]
