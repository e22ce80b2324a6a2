"""企业经济性裁员报告: the report, the persons named in it, what the law says of each."""
