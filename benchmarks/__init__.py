"""Measurements that print what they find, and assert nothing: see docs/benchmarks.md."""
