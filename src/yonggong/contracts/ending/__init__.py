"""Filing that a contract has ended (解除、终止)."""
