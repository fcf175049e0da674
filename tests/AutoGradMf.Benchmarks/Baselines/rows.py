"""Measurements as the suites write them: a JSON array of rows."""
import json
import statistics
import time


def measure(action, warm_ups=2, rounds=5):
    """Milliseconds of each of some runs, after others."""
    for _ in range(warm_ups):
        action()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        action()
        times.append(1000 * (time.perf_counter() - start))
    return times


def row(suite, case, m, n, nnz, k, threads, implementation, times):
    """A row that is a baseline of its own; beside others it is compared by suite, case and sizes."""
    return {
        "suite": suite, "case": case, "m": m, "n": n, "nnz": nnz, "k": k, "precision": "float", "threads": threads,
        "implementation": implementation, "medianMilliseconds": statistics.median(times), "minimumMilliseconds": min(times),
        "ratio": 1.0, "baseline": implementation, "figure": None,
    }


def write(rows, path):
    for r in rows:
        print(f'{r["suite"]}, {r["case"]}, k = {r["k"]}, {r["threads"]} threads, {r["implementation"]}: {r["minimumMilliseconds"]:.1f} ms')
    if path:
        with open(path, "w") as file:
            json.dump(rows, file, indent=2)
