"""Value and gradients by PyTorch's autograd, as it comes and with the allocator of glibc tuned to keep memory.

    python3 tests/AutoGradMf.Benchmarks/Baselines/pytorch.py [--threads N] [--k N] [--json FILE]
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile

TUNED = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "-1", "MALLOC_TOP_PAD_": "268435456"}


def masked(torch, size, k):
    """Half the squared errors of the observed ratings, over gathered rows."""
    import numpy as np
    import ratings

    m, n, pointers, columns, values = ratings.load(size)
    i = torch.from_numpy(np.repeat(np.arange(m), np.diff(pointers)))
    j = torch.from_numpy(columns.astype(np.int64))
    r = torch.from_numpy(values)
    u = (0.3 * torch.rand(m, k)).requires_grad_()
    v = (0.3 * torch.rand(n, k)).requires_grad_()

    def run():
        u.grad = v.grad = None
        error = (u[i] * v[j]).sum(1) - r
        (0.5 * (error * error).sum() + 0.01 * ((u * u).sum() + (v * v).sum())).backward()

    return m, n, len(values), run


def dense(torch, m, n, k):
    """The same of all pairs of dense data."""
    r = 5 * torch.rand(m, n)
    u = (0.3 * torch.rand(m, k)).requires_grad_()
    v = (0.3 * torch.rand(n, k)).requires_grad_()

    def run():
        u.grad = v.grad = None
        error = u @ v.t() - r
        (0.5 * (error * error).sum() + 0.5 * ((u * u).sum() + (v * v).sum())).backward()

    return m, n, None, run


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--k", type=int, default=32)
    arguments.add_argument("--json")
    arguments.add_argument("--name", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.name is None:
        collect(options)
        return

    import rows
    import torch

    torch.manual_seed(1)
    torch.set_num_threads(options.threads)
    cases = [
        ("gradient-masked", "ML-1M", options.k, lambda: masked(torch, "ML-1M", options.k)),
        ("gradient-masked", "ML-20M", options.k, lambda: masked(torch, "ML-20M", options.k)),
        ("gradient-dense", "6040 × 3706", options.k, lambda: dense(torch, 6040, 3706, options.k)),
        ("gradient-dense", "1000 × 1700", 20, lambda: dense(torch, 1000, 1700, 20)),
    ]
    found = []
    for suite, case, k, make in cases:
        m, n, nnz, run = make()
        large = nnz is not None and nnz > 10_000_000
        times = rows.measure(run, 1 if large else 3, 2 if large else 9)
        found.append(rows.row(suite, case, m, n, nnz, k, options.threads, options.name, times))
        del run
    rows.write(found, options.json)


def collect(options):
    """The allocator reads its settings when a process begins, so that each setting has a process of its own."""
    found = []
    for name, environment in (("PyTorch autograd", {}), ("PyTorch autograd, allocator tuned", TUNED)):
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            command = [sys.executable, __file__, "--threads", str(options.threads), "--k", str(options.k), "--name", name, "--json", file.name]
            subprocess.run(command, check=True, env={**os.environ, **environment})
            found += json.load(open(file.name))
    if options.json:
        with open(options.json, "w") as file:
            json.dump(found, file, indent=2)


if __name__ == "__main__":
    main()
