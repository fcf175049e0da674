"""The ratings that the suites cache (`dotnet run -c Release --project tests/AutoGradMf.Benchmarks -- data`), as NumPy arrays."""
import os
import struct
from pathlib import Path

import numpy as np

SIZES = {"ML-1M": (6040, 3706, 1000209), "ML-20M": (138493, 26744, 20000263), "ML-32M": (200948, 87585, 32000204)}
VERSION = 1


def folder():
    if os.environ.get("AUTOGRADMF_CACHE"):
        return Path(os.environ["AUTOGRADMF_CACHE"])
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "autogradmf"


def load(size):
    """m, n, and the row pointers, columns and values of the compressed rows of a size."""
    m, n, count = SIZES[size]
    path = folder() / f"ratings-{m}x{n}-{count}-seed1-version{VERSION}.bin"
    if not path.exists():
        raise SystemExit(f"{path} is not there; run: dotnet run -c Release --project tests/AutoGradMf.Benchmarks -- data")
    with open(path, "rb") as file:
        mark, _, sections, length = struct.unpack("<16siiq", file.read(32))
        if mark != b"AutoGradMf data\n" or length != path.stat().st_size:
            raise SystemExit(f"{path} is no complete file of ratings; delete it, and run the command data again")
        places = {}
        for _ in range(sections):
            name, start, size_in_bytes, _ = struct.unpack("<16sqqQ", file.read(40))
            places[name.rstrip(b"\0").decode()] = (start, size_in_bytes)

    def array(name, kind):
        start, size_in_bytes = places[name]
        return np.fromfile(path, kind, size_in_bytes // np.dtype(kind).itemsize, offset=start)

    return m, n, array("rows", "<i8"), array("columns", "<i4"), array("values Single", "<f4")
