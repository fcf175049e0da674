#!/usr/bin/env python3
"""Writes golden.json: value and gradient of every loss of tests/Shared/ReferenceLosses.cs, by PyTorch autograd in float64.

    /usr/bin/python3 tests/AutoGradMf.Golden/golden.py        (Debian: apt install python3-torch)

The same torch version on the same machine writes the same file. Inputs are short decimals, so that they are exact to the last bit
in both languages; expected numbers have as many digits as a double needs to be read back unchanged. A matrix is a list of
rows; in a sparse one, null is an entry that is not stored. "DenseR" is data of Quadratic; "W" are weights at the entries of R,
"WElsewhere" weights at entries of their own, some of them where R has none. No loss here has a kink.
"""
import json
import pathlib
import random

import torch

SHAPES = [(4, 5, 3), (1, 1, 1), (7, 1, 2), (1, 6, 4), (50, 40, 8)]
PATTERNS = ["random", "emptyRow", "emptyColumn", "empty", "full"]
REG, BIAS_REG, FILL = 0.5, 0.25, 2.75


def pattern(kind, m, n, rng):
    share = {"empty": 0, "full": 1}.get(kind, 0.55)
    stored = [[rng.random() < share for _ in range(n)] for _ in range(m)]
    for i in range(m):
        for j in range(n):
            if (kind == "emptyRow" and i == m // 2) or (kind == "emptyColumn" and j == n // 2):
                stored[i][j] = False
    return stored


def sparse(stored, draw):
    return [[draw() if s else None for s in row] for row in stored]


def point(kind, m, n, k, rng):
    def rating():
        return rng.randint(1, 10) / 2

    def weight():
        return rng.randint(1, 400) / 100

    def factor(rows, columns):
        return [[round(rng.gauss(0, 0.8), 3) for _ in range(columns)] for _ in range(rows)]

    stored = pattern(kind, m, n, rng)
    return {
        "name": f"{m}x{n}x{k} {kind}",
        "rank": k,
        "U": factor(m, k),
        "M": factor(n, k),
        "b": [round(rng.gauss(0, 0.5), 3) for _ in range(m)],
        "d": [round(rng.gauss(0, 0.5), 3) for _ in range(n)],
        "mu": round(rng.gauss(3, 0.5), 3),
        "DenseR": [[rating() for _ in range(n)] for _ in range(m)],
        "R": sparse(stored, rating),
        "W": sparse(stored, weight),
        "WElsewhere": sparse(pattern(kind, m, n, rng), weight),
    }


def dense(rows):
    """The matrix with 0 where nothing is stored, and the 0/1 matrix of what is stored."""
    values = [[0.0 if v is None else v for v in row] for row in rows]
    stored = [[0.0 if v is None else 1.0 for v in row] for row in rows]
    return torch.tensor(values, dtype=torch.float64), torch.tensor(stored, dtype=torch.float64)


def means(R, O, axis):
    """Means of the observed entries along an axis; of none of them the mean of all observed, of nothing at all 0."""
    overall = R.sum() / O.sum() if O.sum() > 0 else torch.zeros((), dtype=torch.float64)
    count = O.sum(axis, keepdim=True)
    return torch.where(count > 0, R.sum(axis, keepdim=True) / count.clamp(min=1), overall)


def losses(p):
    """Name -> (names of the factors, the loss as a function of them)."""
    R, O = dense(p["R"])
    W, _ = dense(p["W"])
    elsewhere, _ = dense(p["WElsewhere"])
    target, _ = dense(p["DenseR"])

    def ridge(*factors):
        return REG / 2 * sum((f * f).sum() for f in factors)

    def squares(U, M, target, weights=1.0):
        return 0.5 * (weights * (U @ M.T - target) ** 2).sum() + ridge(U, M)

    def filled(fill):
        return lambda U, M: squares(U, M, O * R + (1 - O) * fill)

    def biased(U, M, b, d, mu):
        E = U @ M.T + b[:, None] + d[None, :] + mu - R
        return 0.5 * (O * E ** 2).sum() + ridge(U, M) + BIAS_REG / 2 * ((b * b).sum() + (d * d).sum())

    both = ["U", "M"]
    return {
        "Quadratic": (both, lambda U, M: squares(U, M, target)),
        "Classic": (both, filled(means(R, O, 0))),
        "FilledByRowMeans": (both, filled(means(R, O, 1))),
        "FilledByGlobal": (both, filled(FILL)),
        "Masked": (both, lambda U, M: squares(U, M, R, O)),
        "Biased": (["U", "M", "b", "d", "mu"], biased),
        "SparseSquared": (both, lambda U, M: ((U @ M.T - R) ** 2).sum()),
        "Weighted": (both, lambda U, M: squares(U, M, R, W)),
        "WeightedElsewhere": (both, lambda U, M: squares(U, M, R, elsewhere)),
    }


def expected(p):
    results = {}
    for name, (factors, loss) in losses(p).items():
        tensors = {f: torch.tensor(p[f], dtype=torch.float64, requires_grad=True) for f in factors}
        value = loss(**tensors)
        value.backward()
        results[name] = {"value": value.item(), "gradient": {f: tensors[f].grad.flatten().tolist() for f in factors}}
    return results


def main():
    torch.set_num_threads(1)
    rng = random.Random(20240229)
    points = []
    for m, n, k in SHAPES:
        for kind in PATTERNS:
            p = point(kind, m, n, k, rng)
            points.append({**p, "expected": expected(p)})
    golden = {"torch": torch.__version__, "reg": REG, "biasReg": BIAS_REG, "fill": FILL}
    lines = ",\n".join(json.dumps(p, separators=(",", ":")) for p in points)
    head = json.dumps(golden, separators=(",", ":"))[:-1]
    path = pathlib.Path(__file__).with_name("golden.json")
    path.write_text(f'{head},"points":[\n{lines}\n]}}\n', encoding="utf-8")


main()
