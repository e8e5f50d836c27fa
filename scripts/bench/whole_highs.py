#!/usr/bin/python3
"""scripts/bench/whole_highs.py - whole zones by HiGHS, as SciPy brings it: `DISTRICT MATRIX SECONDS`.

DISTRICT is a folder of generate W...: one grade, one group, sections of one seat; MATRIX is what
`seatwise matrix` wrote for it. All pairs of zone and school are binaries, seats are hard, nobody
may be left over: the generalised assignment problem as it stands in textbooks.
"""
import csv
import resource
import sys
import time

import numpy
import scipy.optimize
import scipy.sparse


def column(path, key, value):
    """A column of a table by another one."""
    with open(path, encoding="utf-8") as table:
        return {row[key]: int(row[value]) for row in csv.DictReader(table)}


def read(district, matrix):
    """Pupils of the zones, seats of the schools, metres of all pairs."""
    pupils = column(f"{district}/demand.csv", "zone", "pupils")
    seats = column(f"{district}/offerings.csv", "school", "sections")
    zones = {zone: i for i, zone in enumerate(sorted(pupils))}
    schools = {school: i for i, school in enumerate(sorted(seats))}
    metres = numpy.zeros((len(zones), len(schools)), dtype=numpy.int64)
    with open(f"{matrix}/distance.csv", encoding="utf-8") as table:
        for row in csv.DictReader(table):
            metres[zones[row["zone"]], schools[row["school"]]] = round(1000 * float(row["km"]))
    return (numpy.array([pupils[zone] for zone in zones]),
            numpy.array([seats[school] for school in schools]), metres)


def rows(pupils, seats):
    """Each zone once; each school within its seats."""
    n_zones, n_schools = len(pupils), len(seats)
    columns = numpy.arange(n_zones * n_schools)
    zones, schools = numpy.divmod(columns, n_schools)
    ones = numpy.ones(len(columns))
    once = scipy.sparse.csr_matrix((ones, (zones, columns)))
    load = scipy.sparse.csr_matrix((pupils[zones].astype(float), (schools, columns)))
    return (scipy.optimize.LinearConstraint(once, 1, 1),
            scipy.optimize.LinearConstraint(load, -numpy.inf, seats))


def value(pupils, seats, metres, solution):
    """Pupil-metres of a solution that keeps the rules, in whole numbers."""
    whole = numpy.rint(solution).astype(numpy.int64).reshape(metres.shape)
    if (whole.sum(axis=1) != 1).any() or (pupils @ whole > seats).any():
        sys.exit(f"{sys.argv[0]}: not a plan")
    return int((pupils[:, None] * metres * whole).sum())


def main():
    """Prints `value bound wall_seconds cpu_seconds linear`, in pupil-km; `-` where there is none."""
    if len(sys.argv) != 4:
        print(f"usage: {sys.argv[0]} DISTRICT MATRIX SECONDS", file=sys.stderr)
        sys.exit(2)
    pupils, seats, metres = read(sys.argv[1], sys.argv[2])
    cost = (pupils[:, None] * metres).ravel().astype(float)
    limits = rows(pupils, seats)
    bounds = scipy.optimize.Bounds(0, 1)
    linear = scipy.optimize.milp(cost, bounds=bounds, constraints=limits)
    start = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_SELF)
    answer = scipy.optimize.milp(
        cost, integrality=numpy.ones(len(cost)), bounds=bounds, constraints=limits,
        options={"time_limit": float(sys.argv[3]), "mip_rel_gap": 1e-9})
    after = resource.getrusage(resource.RUSAGE_SELF)
    found = "-" if answer.x is None else value(pupils, seats, metres, answer.x) / 1000
    bound = "-" if answer.mip_dual_bound is None else f"{answer.mip_dual_bound / 1000:.3f}"
    print(found, bound, f"{time.monotonic() - start:.1f}",
          f"{after.ru_utime - before.ru_utime:.1f}", f"{linear.fun / 1000:.3f}")


main()
