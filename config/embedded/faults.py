"""What can go wrong when an installation is started on one machine."""


class ServiceError(RuntimeError):
    """A service did not start; the message says what to look at."""


class StageError(RuntimeError):
    """The installation could not be started; the message says why and what to do."""
