"""Filing that a contract is renewed (续订)."""
