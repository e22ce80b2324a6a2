"""An invented kind of one step: the signboard of an orchard, an item of the orchard's joint case."""
