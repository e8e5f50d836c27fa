#!/usr/bin/python3
"""scripts/bench/peer_highs.py - HiGHS's dual simplex, as SciPy brings it: `dual FILE`."""
import resource
import sys
import time

import numpy
import scipy.optimize
import scipy.sparse

WHOLE = 1e-5  # how far from a whole number a flow may be


def read(path):
    """The supplies of the nodes, and one row (tail, head, low, capacity, cost) an arc."""
    supply, arcs = None, []
    with open(path, encoding="ascii") as lines:
        for line in lines:
            kind, *words = line.split()
            if kind == "a":
                arcs.append([int(word) for word in words])
            elif kind == "n":
                supply[int(words[0]) - 1] = int(words[1])
            elif kind == "p":
                supply = numpy.zeros(int(words[1]), dtype=numpy.int64)
    return supply, numpy.array(arcs, dtype=numpy.int64)


def solve(supply, arcs):
    """The flow of every arc."""
    n_arcs = len(arcs)
    columns = numpy.arange(n_arcs)
    signs = numpy.concatenate([numpy.ones(n_arcs), -numpy.ones(n_arcs)])
    rows = numpy.concatenate([arcs[:, 0], arcs[:, 1]]) - 1
    matrix = scipy.sparse.csc_matrix(
        (signs, (rows, numpy.concatenate([columns, columns]))), shape=(len(supply), n_arcs))
    answer = scipy.optimize.linprog(
        arcs[:, 4], A_eq=matrix, b_eq=supply, bounds=arcs[:, 2:4], method="highs-ds")
    if answer.status != 0:
        sys.exit(f"{sys.argv[0]}: not solved: {answer.message}")
    return answer.x


def value(supply, arcs, flow):
    """The cost in whole numbers of a flow that keeps every capacity and supply."""
    whole = numpy.rint(flow).astype(numpy.int64)
    left = supply.copy()
    numpy.subtract.at(left, arcs[:, 0] - 1, whole)
    numpy.add.at(left, arcs[:, 1] - 1, whole)
    if (abs(flow - whole).max() > WHOLE or left.any() or (whole < arcs[:, 2]).any()
            or (whole > arcs[:, 3]).any()):
        sys.exit(f"{sys.argv[0]}: not a flow in whole numbers")
    return int(whole @ arcs[:, 4])


def main():
    """Prints `name objective cpu_seconds peak_mb`."""
    if len(sys.argv) != 3 or sys.argv[1] != "dual":
        print(f"usage: {sys.argv[0]} dual FILE.min", file=sys.stderr)
        sys.exit(2)
    supply, arcs = read(sys.argv[2])
    start = time.process_time()
    flow = solve(supply, arcs)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"highs-dual {value(supply, arcs, flow)} {seconds:.6f} {peak:.1f}")


main()
