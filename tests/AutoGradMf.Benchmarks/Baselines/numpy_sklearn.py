"""The dense gradient by hand in NumPy, and multiplicative updates of sparse data by scikit-learn.

    python3 tests/AutoGradMf.Benchmarks/Baselines/numpy_sklearn.py [--threads N] [--k N] [--json FILE]
"""
import argparse
import os
import warnings


def dense(np, m, n, k):
    """U·Vᵀ − R stored, and two products with it."""
    random = np.random.default_rng(1)
    r = random.uniform(0, 5, (m, n)).astype(np.float32)
    u, v = random.uniform(0, 0.3, (m, k)).astype(np.float32), random.uniform(0, 0.3, (n, k)).astype(np.float32)
    error = np.empty((m, n), np.float32)

    def run():
        np.matmul(u, v.T, out=error)
        np.subtract(error, r, out=error)
        value = 0.5 * np.vdot(error, error) + 0.5 * (np.vdot(u, u) + np.vdot(v, v))
        return value, error @ v + u, error.T @ u + v

    return run


def updates(size, k, iterations):
    """Multiplicative updates of the squared error over all pairs of sparse data; missing ones are zero."""
    import numpy as np
    import ratings
    from scipy.sparse import csr_matrix
    from sklearn.decomposition import NMF

    m, n, pointers, columns, values = ratings.load(size)
    data = csr_matrix((values, columns, pointers), (m, n))
    random = np.random.default_rng(1)
    start = random.uniform(0.01, 0.3, (m, k)).astype(np.float32), random.uniform(0.01, 0.3, (k, n)).astype(np.float32)

    def run():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            NMF(k, init="custom", solver="mu", max_iter=iterations, tol=0).fit_transform(data, W=start[0].copy(), H=start[1].copy())

    return m, n, len(values), run


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--threads", type=int, default=os.cpu_count())
    arguments.add_argument("--k", type=int, default=32)
    arguments.add_argument("--json")
    options = arguments.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(options.threads)

    import numpy as np
    import rows

    found = []
    for m, n, k in ((6040, 3706, options.k), (1000, 1700, 20)):
        found.append(rows.row("gradient-dense", f"{m} × {n}", m, n, None, k, options.threads, "NumPy by hand", rows.measure(dense(np, m, n, k), 3, 9)))

    # What a run does before and after its iterations is left out: the difference of a long and a short one is theirs.
    few, many = 1, 6
    m, n, nnz, short = updates("ML-20M", options.k, few)
    long = updates("ML-20M", options.k, many)[3]
    times = [(a - b) / (many - few) for a, b in zip(rows.measure(long, 0, 2), rows.measure(short, 0, 2))]
    found.append(rows.row("nmf", "ML-20M", m, n, nnz, options.k, options.threads, "scikit-learn", times))
    rows.write(found, options.json)


if __name__ == "__main__":
    main()
