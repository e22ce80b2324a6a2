"""Benchmarks: ours against a floor measured in the same run. See docs/benchmarks.md."""
