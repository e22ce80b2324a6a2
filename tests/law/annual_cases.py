"""Cases of the rules on annual filings."""

from .cases import Case

ANNUAL_CASES = [
    Case("annual-figures", "LCL10(2)", "a figure less", {"unlike": (("在册职工", 9, 10),)}, True),
    Case("annual-figures", "LCL10(2)", "all alike", {"unlike": ()}, False),
    Case("annual-without-contract", "LCL10(2)", "one", {"without_contract": 1}, True),
    Case("annual-without-contract", "LCL10(2)", "none", {"without_contract": 0}, False),
    Case("annual-unfiled", "LCL10(2)", "one", {"unfiled": 1}, True),
    Case("annual-unfiled", "LCL10(2)", "none", {"unfiled": 0}, False),
    Case("annual-left-out", "LCL10(2)", "one", {"left_out": 1}, True),
    Case("annual-left-out", "LCL10(2)", "none", {"left_out": 0}, False),
    Case("annual-differing", "LCL10(2)", "one", {"differing": 1}, True),
    Case("annual-differing", "LCL10(2)", "none", {"differing": 0}, False),
    Case("annual-endings", "LCL10(2)", "one not filed", {"endings_unfiled": 1}, True),
    Case("annual-endings", "LCL10(2)", "one left out", {"endings_left_out": 1}, True),
    Case(
        "annual-endings", "LCL10(2)", "none", {"endings_unfiled": 0, "endings_left_out": 0}, False
    ),
]
