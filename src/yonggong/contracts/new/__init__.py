"""Filing a new contract (新订)."""
