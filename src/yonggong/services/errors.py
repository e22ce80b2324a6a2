"""Why an act of this room cannot be done."""


class Unfit(Exception):
    """The message is for whoever tried."""
