#!/usr/bin/env python3
"""Writes corpus.json: value and gradient of every loss of tests/AutoGradMf.Corpus.Tests, by PyTorch autograd in float64.

    /usr/bin/python3 tests/AutoGradMf.Golden/corpus.py        (Debian: apt install python3-torch)

The same torch version on the same machine writes the same file. Inputs are short decimals, so that they are exact to the last bit
in both languages; expected numbers have 15 digits. A matrix is a list of rows; in a sparse one, null is an entry that is not
stored. "losses" says which input each parameter of a loss takes. Inputs keep residuals, margins and parameters at least 0.01
away from every kink, where autograd and the library may choose differently.

"scale" is the size of what cancels in a value or a gradient, where that is more than the number itself: a loss written as terms is
as precise as its largest term.

Points are "4x5x3 random" (m × n × k and the pattern of the sparse inputs), "4x5x3 perfect" (R is U·V') and "score 745 label 1" (the
one observed score is 745).
"""
import json
import math
import pathlib
import random

import torch

SHAPES = [(4, 5, 3), (1, 1, 1), (7, 1, 2), (1, 6, 4), (50, 40, 8)]
PATTERNS = ["random", "emptyRow", "emptyColumn", "empty", "full"]
SCORES = [0.0, 1e-8, -1e-8, 40.0, -40.0, 745.0, -745.0, 1e4, -1e4]
HYPERPARAMETERS = {"reg": 0.5, "alpha": 0.75, "delta": 1.25, "tau": 0.3, "rho": 0.4, "power": 1.5, "epsilon": 0.1}
APART = 0.0101

reg, alpha, delta, tau, rho, power, epsilon = HYPERPARAMETERS.values()


# Points


def pattern(kind, m, n, rng):
    share = {"empty": 0, "full": 1, "perfect": 1}.get(kind, 0.55)
    stored = [[rng.random() < share for _ in range(n)] for _ in range(m)]
    for i in range(m):
        for j in range(n):
            if (kind == "emptyRow" and i == m // 2) or (kind == "emptyColumn" and j == n // 2):
                stored[i][j] = False
    return stored


def until(accepted, draw):
    while not accepted(value := draw()):
        pass
    return value


def point(kind, m, n, k, rng):
    def normal(deviation=0.8):
        return until(lambda x: abs(x) >= APART, lambda: round(rng.gauss(0, deviation), 2))

    def positive():
        return round(rng.uniform(0.2, 1.5), 2)

    def matrix(rows, columns, draw=normal):
        return [[draw() for _ in range(columns)] for _ in range(rows)]

    def sparse(draw):
        return [[draw(i, j) if stored[i][j] else None for j in range(n)] for i in range(m)]

    def features(rows, columns):
        return [[round(rng.uniform(-1, 1), 1) if rng.random() < 0.4 else None for _ in range(columns)] for _ in range(rows)]

    def rating(i, j):
        if kind == "perfect":
            return round(X[i][j], 4)
        return until(lambda r: smooth(X[i][j] - r), lambda: round(rng.uniform(-2, 2), 1))

    def smooth(e):
        return all(abs(abs(e) - kink) >= APART for kink in (0, delta))

    def sign(x):
        return until(lambda s: abs(s * x - 1) >= APART, lambda: rng.choice([-1, 1]))

    def triple():
        def margin(t):
            return sum(u * (a - b) for u, a, b in zip(U[t[0]], V[t[1]], V[t[2]]))
        return until(lambda t: abs(margin(t) - 1) >= APART, lambda: (rng.randrange(m), rng.randrange(n), rng.randrange(n)))

    stored = pattern(kind, m, n, rng)
    U, V = matrix(m, k), matrix(n, k)
    X = [[sum(a * b for a, b in zip(u, v)) for v in V] for u in U]
    triples = [triple() for _ in range(2 * m + 3)]
    classes = [rng.randrange(n) for _ in range(m)]
    A, w = matrix(m, n), [normal() for _ in range(n)]
    Aw = [sum(a * b for a, b in zip(row, w)) for row in A]
    common = {
        "U": U,
        "V": V,
        "PositiveU": matrix(m, k, positive),
        "PositiveV": matrix(n, k, positive),
        "R": sparse(rating),
        "W": sparse(lambda i, j: positive()),
        "Counts": sparse(lambda i, j: rng.randint(0, 6)),
        "PositiveCounts": sparse(lambda i, j: rng.randint(1, 6)),
        "Labels": sparse(lambda i, j: rng.randint(0, 1)),
        "Signs": sparse(lambda i, j: sign(X[i][j])),
        "b": [normal() for _ in range(m)],
        "d": [normal() for _ in range(n)],
        "mu": normal(),
        "S": matrix(k, k),
        "Y": matrix(n, k),
        "N": features(m, n),
        "RowFeatures": features(m, m // 4 + 2),
        "ColumnFeatures": features(n, n // 4 + 1),
        "P": matrix(m // 4 + 2, k),
        "Q": matrix(n // 4 + 1, k),
        "L": features(m, m),
        "D": [[{0: -1, 1: 1}.get(j - i) for j in range(m)] for i in range(max(1, m - 1))],
    }
    if kind != "random":
        return common
    return {
        **common,
        "DenseR": [[rating(i, j) for j in range(n)] for i in range(m)],
        "T": [[1 if j == classes[i] else None for j in range(n)] for i in range(m)],
        "i": [t[0] for t in triples],
        "j": [t[1] for t in triples],
        "l": [t[2] for t in triples],
        "A": A,
        "w": w,
        "y": [until(lambda y: abs(z - y) >= APART, lambda: normal()) for z in Aw],
        "signs": [rng.choice([-1, 1]) for _ in range(m)],
        "SquareA": matrix(k, k),
        "v": [normal() for _ in range(k)],
        "Z": [[round(rng.gauss(0, 0.2), 2) + (2 if i == j else 0) for j in range(k)] for i in range(k)],
    }


def torture(score, label):
    """Scores [score, 0], of which only the first is observed."""
    return {
        "U": [[score]],
        "V": [[1], [0]],
        "PositiveU": [[score]],
        "PositiveV": [[1], [1]],
        "R": [[0, None]],
        "Counts": [[label, None]],
        "PositiveCounts": [[label + 1, None]],
        "Labels": [[label, None]],
        "Signs": [[2 * label - 1, None]],
        "T": [[1, None]] if label else [[None, 1]],
        "i": [0],
        "j": [0],
        "l": [1],
        "A": [[score]],
        "w": [1],
        "signs": [2 * label - 1],
    }


# Losses


def half_squares(x):
    return 0.5 * (x * x).sum()


def ridge(*factors):
    return reg * sum(half_squares(f) for f in factors)


def softplus(x):
    return -torch.nn.functional.logsigmoid(-x)


def column_means(R, O):
    """Means of the observed entries of each column; of none of them the mean of all observed, of nothing at all 0."""
    overall = R.sum() / O.sum().clamp(min=1)
    count = O.sum(0, keepdim=True)
    return torch.where(count > 0, R.sum(0, keepdim=True) / count.clamp(min=1), overall)


def squares(X, R):
    """½‖X − R‖² in one piece, and in the pieces of its Gram form."""
    return half_squares(X - R), [half_squares(X), -(X * R).sum(), half_squares(R)]


def observed(p, penalty=lambda p: 0.0):
    return half_squares(p.O * (p.U @ p.V.T - p.R)) + penalty(p)


def filled(p):
    value, terms = squares(p.U @ p.V.T, p.R + (1 - p.O) * column_means(p.R, p.O))
    return value + ridge(p.U, p.V), [*terms, ridge(p.U, p.V)]


def ridged(p):
    value, terms = squares(p.U @ p.V.T, p.R)
    return value + ridge(p.U, p.V), [*terms, ridge(p.U, p.V)]


def biased(p):
    E = p.U @ p.V.T + p.b[:, None] + p.d[None, :] + p.mu - p.R
    terms = [half_squares(torch.relu(p.O * E)), half_squares(torch.relu(-p.O * E)), ridge(p.U, p.V, p.b, p.d)]
    return sum(terms), terms


def count_weighted(p):
    return observed(p, lambda p: reg / 2 * (p.O.sum(1)[:, None] * p.U ** 2).sum() + reg / 2 * (p.O.sum(0)[:, None] * p.V ** 2).sum())


def implicit(p):
    X = p.U @ p.V.T
    value = 0.5 * ((1 + alpha * p.R) * (p.O - X) ** 2).sum() + ridge(p.U, p.V)
    return value, [half_squares(X), 0.5 * ((1 + alpha * p.R) * (p.O - X) ** 2 - X ** 2).sum(), ridge(p.U, p.V)]


def svd_plus_plus(p):
    return half_squares(p.O * ((p.P + p.N @ p.Y) @ p.Q.T + p.b[:, None] + p.d[None, :] - p.R))


def elementwise(*pieces):
    """Σ over the observed entries of a function of score and target, given as the pieces that it is the sum of."""
    def loss(p):
        x, r = (p.U @ p.V.T)[p.O > 0], p.R[p.O > 0]
        terms = [piece(x, r).sum() for piece in pieces]
        return sum(terms), terms
    return loss


def of_residual(*pieces):
    return elementwise(*[lambda x, r, piece=piece: piece(x - r) for piece in pieces])


def huber(e):
    return torch.where(abs(e) <= delta, 0.5 * e * e, delta * (abs(e) - delta / 2))


def weighted_logistic(p):
    X = p.U @ p.V.T
    terms = [((1 + alpha * p.R) * softplus(X)).sum(), -(alpha * p.R * X).sum()]
    return sum(terms), terms


def softmax(p):
    X = p.U @ p.V.T
    terms = [torch.logsumexp(X, 1).sum(), -(p.T * X).sum()]
    # A logarithm of a sum near 1 is as precise as the 1.
    return sum(terms), [*terms, torch.tensor(float(len(X)))]


def kullback_leibler(p):
    X = p.U @ p.V.T
    x, r = X[p.O > 0], p.R[p.O > 0]
    terms = [X.sum(), (r * torch.log(r)).sum(), -(r * torch.log(x)).sum(), -r.sum()]
    return sum(terms), terms


def tweedie(x, r):
    """Its first piece. Where r is 0 it is 0, also where the exponential overflows."""
    return r[r > 0] * torch.exp((1 - power) * x[r > 0]) / (power - 1)


def ranking(phi):
    def loss(p):
        i, j, l = p.i.long(), p.j.long(), p.l.long()
        better, worse = (p.U[i] * p.V[j]).sum(1), (p.U[i] * p.V[l]).sum(1)
        return phi(better - worse).sum(), [phi(better - worse.detach()).sum(), phi(better.detach() - worse).sum()]
    return loss


def elastic_net(p):
    return sum(alpha * rho * abs(f).sum() + alpha * (1 - rho) * half_squares(f) for f in (p.U, p.V))


UV, UVR = {"U": "U", "V": "V"}, {"R": "R"}
POSITIVE = {"U": "PositiveU", "V": "PositiveV"}
EXPONENTIAL = {"B3", "B4", "B7", "C1", "C2", "C3", "C4", "C8", "D1", "D2", "D3", "D5", "E1", "G1"}
GRAM = {"A1sparse", "A2", "A2f", "A3", "A7"}

# Name -> the inputs of its factors, the inputs of its data, the loss (or the loss and the terms that may cancel).
LOSSES = {
    "A1dense": (UV, {"R": "DenseR"}, lambda p: squares(p.U @ p.V.T, p.R)),
    "A1sparse": (UV, UVR, lambda p: squares(p.U @ p.V.T, p.R)),
    "A2": (UV, UVR, ridged),
    "A2f": (UV, UVR, filled),
    "A3": (UV, UVR, lambda p: observed(p, lambda p: ridge(p.U, p.V))),
    "A4": ({**UV, "b": "b", "d": "d", "mu": "mu"}, UVR, biased),
    "A5": (UV, UVR, count_weighted),
    "A6": (UV, {**UVR, "W": "W"}, lambda p: 0.5 * (p.W * (p.U @ p.V.T - p.R) ** 2).sum()),
    "A7": (UV, {"R": "Counts"}, implicit),
    "A9": ({"P": "U", "Y": "Y", "Q": "V", "b": "b", "d": "d"}, {**UVR, "N": "N"}, svd_plus_plus),
    "A10": ({**UV, "S": "S"}, UVR, lambda p: half_squares(p.O * (p.U @ p.S @ p.V.T - p.R))),
    "A11": ({"P": "P", "Q": "Q"}, {**UVR, "A": "RowFeatures", "B": "ColumnFeatures"},
            lambda p: half_squares(p.O * ((p.A @ p.P) @ (p.B @ p.Q).T - p.R))),
    "A13": (UV, {**UVR, "L": "L"}, lambda p: observed(p, lambda p: reg / 2 * torch.trace(p.U.T @ p.L @ p.U))),
    "A16": ({"U": "U"}, {}, lambda p: reg / 4 * ((p.U.T @ p.U - torch.eye(p.U.shape[1])) ** 2).sum()),
    "B1": (UV, UVR, of_residual(abs)),
    "B2": (UV, UVR, of_residual(huber)),
    "B3": (UV, UVR, of_residual(lambda e: delta ** 2 * torch.sqrt(1 + (e / delta) ** 2), lambda e: -(delta ** 2) + 0 * e)),
    "B4": (UV, UVR, of_residual(abs, lambda e: torch.log1p(torch.exp(-2 * abs(e))), lambda e: -math.log(2) + 0 * e)),
    "B5": (UV, UVR, of_residual(lambda e: torch.maximum(-tau * e, (1 - tau) * e))),
    "B7": (UV, UVR, of_residual(lambda e: -(delta ** 2) / 2 * torch.expm1(-((e / delta) ** 2)))),
    "C1": (UV, {"R": "Labels"}, elementwise(lambda x, r: softplus(x), lambda x, r: -r * x)),
    "C2": (UV, {"R": "Counts"}, weighted_logistic),
    "C3": (UV, {"R": "Signs"}, elementwise(lambda x, r: softplus(-r * x))),
    "C4": (UV, {"R": "Signs"}, elementwise(lambda x, r: torch.relu(1 - r * x))),
    "C8": (UV, {"T": "T"}, softmax),
    "D1": (UV, {"R": "Counts"}, elementwise(lambda x, r: torch.exp(x), lambda x, r: -r * x)),
    "D2": (POSITIVE, {"R": "PositiveCounts"}, kullback_leibler),
    "D3": (POSITIVE, {"R": "PositiveCounts"},
           elementwise(lambda x, r: r / x, lambda x, r: -torch.log(r / x), lambda x, r: -1 + 0 * x)),
    "D5": (UV, {"R": "Counts"}, elementwise(tweedie, lambda x, r: torch.exp((2 - power) * x) / (2 - power))),
    "E1": (UV, {"i": "i", "j": "j", "l": "l"}, ranking(lambda t: softplus(-t))),
    "E2": (UV, {"i": "i", "j": "j", "l": "l"}, ranking(lambda t: torch.relu(1 - t))),
    "F1": (UV, UVR, lambda p: observed(p, elastic_net)),
    "F2": (UV, UVR, lambda p: observed(p, lambda p: reg * (p.U.norm(dim=1).sum() + p.V.norm(dim=1).sum()))),
    "F3": (UV, UVR, lambda p: observed(p, lambda p: reg * (p.U.norm() + p.V.norm()))),
    "F4": (POSITIVE, UVR, lambda p: observed(p, lambda p: -reg * (torch.log(p.U).sum() + torch.log(p.V).sum()))),
    "F5": (UV, {**UVR, "D": "D"}, lambda p: observed(p, lambda p: reg / 2 * ((p.D @ p.U) ** 2).sum())),
    "F6": (UV, UVR, lambda p: observed(p, lambda p: reg * torch.logdet(p.U.T @ p.U + epsilon * torch.eye(p.U.shape[1])))),
    "G1": ({"w": "w"}, {"A": "A", "y": "signs"}, lambda p: softplus(-p.y * (p.A @ p.w)).sum()),
    "G2": ({"w": "w"}, {"A": "A", "y": "y"}, lambda p: ((p.A @ p.w - p.y) ** 2).sum()),
    "G3": ({"w": "v"}, {"A": "SquareA"}, lambda p: 0.5 * p.w @ p.A @ p.w),
    "G5": ({"Z": "Z"}, {}, lambda p: torch.logdet(torch.inverse(p.Z))),
    "G6": ({"w": "w"}, {"A": "A", "y": "y"}, lambda p: abs(p.A @ p.w - p.y).sum()),
}


class Arguments:
    """What a loss takes, as tensors by name: a sparse matrix with zeros where nothing is stored, and O, which is 1 where R is."""

    def __init__(self, loss, p):
        factors, data, _ = LOSSES[loss]
        for name, source in {**factors, **data}.items():
            setattr(self, name, tensor(p[source]))
        if "R" in data:
            self.O = torch.tensor([[0.0 if v is None else 1.0 for v in row] for row in p[data["R"]]])
        self.factors = {name: getattr(self, name).requires_grad_() for name in factors}


def tensor(values):
    if isinstance(values, list) and values and isinstance(values[0], list):
        values = [[0.0 if v is None else v for v in row] for row in values]
    return torch.tensor(values, dtype=torch.float64)


def differentiate(term, factors):
    if not (isinstance(term, torch.Tensor) and term.requires_grad):
        return [torch.zeros_like(f) for f in factors]
    gradients = torch.autograd.grad(term, factors, retain_graph=True, allow_unused=True)
    return [torch.zeros_like(f) if g is None else g for f, g in zip(factors, gradients)]


def number(x):
    """15 digits; JSON has no infinity."""
    assert not math.isnan(x)
    return float(f"{x:.15g}") if math.isfinite(x) else str(x).replace("inf", "Infinity")


def numbers(t):
    return [number(x) for x in t.detach().flatten().tolist()]


def largest(t):
    return t.detach().abs().max().item()


def expected(loss, p):
    arguments = Arguments(loss, p)
    result = LOSSES[loss][2](arguments)
    value, terms = result if isinstance(result, tuple) else (result, [])
    names, factors = list(arguments.factors), list(arguments.factors.values())
    gradients = differentiate(value, factors)
    entry = {"value": number(value.item()), "gradient": {n: numbers(g) for n, g in zip(names, gradients)}}
    pieces = [differentiate(t, factors) for t in terms]
    scale = {n: sum(largest(piece[f]) for piece in pieces) for f, n in enumerate(names)}
    scale = {n: float(f"{s:.2g}") for (n, s), g in zip(scale.items(), gradients) if math.isfinite(s) and s > 2 * largest(g)}
    value_scale = sum(abs(float(t)) for t in terms)
    if math.isfinite(value_scale) and value_scale > 2 * abs(value.item()):
        scale["value"] = float(f"{value_scale:.2g}")
    return {**entry, "scale": scale} if scale else entry


def with_expected(name, p, losses):
    """The point with what its losses are there, without inputs that none of them takes."""
    used = {source for loss in losses for inputs in LOSSES[loss][:2] for source in inputs.values()}
    inputs = {k: v for k, v in p.items() if k in used}
    return {"name": name, "inputs": inputs, "expected": {loss: expected(loss, p) for loss in LOSSES if loss in losses}}


def points():
    rng = random.Random(20240307)
    for m, n, k in SHAPES:
        for kind in PATTERNS:
            p = point(kind, m, n, k, rng)
            losses = {loss for loss, (factors, data, _) in LOSSES.items() if kind == "random" or data.get("R", "DenseR") != "DenseR"}
            yield with_expected(f"{m}x{n}x{k} {kind}", p, losses)
    yield with_expected("4x5x3 perfect", point("perfect", 4, 5, 3, rng), GRAM)
    for score in SCORES:
        for label in (0, 1):
            losses = {loss for loss in EXPONENTIAL if score > 0 or LOSSES[loss][0] is not POSITIVE}
            yield with_expected(f"score {score:g} label {label}", torture(score, label), losses)


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    golden = {
        "torch": torch.__version__,
        "hyperparameters": HYPERPARAMETERS,
        "losses": {loss: {"factors": factors, "data": data} for loss, (factors, data, _) in LOSSES.items()},
    }
    lines = ",\n".join(json.dumps(p, separators=(",", ":")) for p in points())
    head = json.dumps(golden, separators=(",", ":"))[:-1]
    path = pathlib.Path(__file__).with_name("corpus.json")
    path.write_text(f'{head},"points":[\n{lines}\n]}}\n', encoding="utf-8")


main()
