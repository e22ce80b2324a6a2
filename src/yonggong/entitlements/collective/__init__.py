"""The filing of a collective contract or wage agreement (集体合同、工资集体协商)."""
