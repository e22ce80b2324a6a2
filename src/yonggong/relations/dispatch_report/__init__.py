"""劳务派遣年度经营情况报告: what a dispatcher reports of a year by 31 March."""
