"""The library for Python programs and notebooks: what `import nqpf_assess as nq` offers."""
