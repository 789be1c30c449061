"""Why an import did not happen."""


class Failed(Exception):
    """The import did not happen; the message is one clear sentence."""
