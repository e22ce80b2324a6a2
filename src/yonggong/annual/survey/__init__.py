"""企业薪酬调查: what the employers that a bureau asks tell of their labour costs and the pay of their posts (JL-11)."""
