"""Filing that a contract is changed (变更)."""
