"""The review of a collective contract (集体合同审查), and the register that it writes."""
