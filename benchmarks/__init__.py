"""Speed and memory, beside peers, in one run, as ratios. `make bench` writes benchmarks/RESULTS.md."""
