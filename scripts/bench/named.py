#!/usr/bin/env python3
"""named.py DISTRICT CHILDREN SEED OUT: a district's demand as children by name.

The cells of demand.csv are filled in proportion; with more children than the district has pupils,
sections, rooms, beds, caps and those who stay grow by the same whole factor. Households, twins,
classes, points, claims and choices are drawn from one generator: the same bytes from the same seed.
"""
import csv
import os
import random
import shutil
import sys

TWINS = 0.0075              # of the births: 1.5 % of the children
STAY = 0.6                  # of those between the grades of entry, who have a current school
FEEDER = 0.25               # of those who enter grade 7
CHOOSING = 0.5
MOST_CHOICES = 5
OUT_OF_ORDER = 0.3          # of the choices that do not follow distance
WITH_HOUSEHOLD = 0.3
ENTRY_GRADES = (1, 7)
SCALED = {"offerings.csv": ("sections", "enrolled"),
          "schools.csv": ("classrooms", "boarding_beds", "inclusion_places", "max_pupils",
                          "land_m2", "floor_m2")}
HEADER = ("student", "household", "twin", "sex", "grade", "group", "zone", "class", "points",
          "rank", "score", "current_school", "feeder_school", "choices")


def rows_of(folder, table):
    with open(os.path.join(folder, table), encoding="utf-8") as file:
        return list(csv.DictReader(file))


def copy_tables(source, out, factor):
    """All tables but demand.csv; where `factor` is above 1, with so many times the room."""
    os.makedirs(out)
    for name in sorted(os.listdir(source)):
        if not name.endswith((".csv", ".json")) or name == "demand.csv":
            continue
        if factor == 1 or name not in SCALED:
            shutil.copy(os.path.join(source, name), out)
            continue
        rows = rows_of(source, name)
        with open(os.path.join(out, name), "w", encoding="utf-8") as file:
            writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
            writer.writeheader()
            for row in rows:
                for column in SCALED[name]:
                    if row.get(column):
                        row[column] = str(int(row[column]) * factor)
                writer.writerow(row)


def nearest_schools(source):
    """A function: the six schools of a grade nearest to a zone."""
    zones = {row["zone"]: (float(row["lon"]), float(row["lat"]))
             for row in rows_of(source, "zones.csv")}
    schools = {row["school"]: (float(row["lon"]), float(row["lat"]))
               for row in rows_of(source, "schools.csv")}
    offering, known = {}, {}
    for row in rows_of(source, "offerings.csv"):
        offering.setdefault(int(row["grade"]), []).append(row["school"])

    def near(zone, grade):
        if (zone, grade) not in known:
            east, north = zones[zone]
            known[zone, grade] = sorted(
                offering.get(grade, []),
                key=lambda school: ((schools[school][0] - east) ** 2
                                    + (schools[school][1] - north) ** 2, school))[:6]
        return known[zone, grade]

    return near


class Drawing:
    """The children, one after the other."""

    def __init__(self, seed, children, near):
        self.random = random.Random(seed)
        self.children = children
        self.near = near
        self.rows = []

    def below(self, n):
        return int(self.random.random() * n)

    def chance(self, share):
        return self.random.random() < share

    def household(self):
        return f"H{self.below(10 ** 9)}"

    def choices(self, near):
        made = near[:1 + self.below(min(MOST_CHOICES, len(near)))]
        if self.chance(OUT_OF_ORDER):
            made = sorted(made, key=lambda _: self.random.random())
        return ";".join(made)

    def claims(self, zone, grade):
        """Current school, feeder school, choices."""
        near = self.near(zone, grade)
        stays = near and grade not in ENTRY_GRADES and self.chance(STAY)
        feeds = near and grade == 7 and self.chance(FEEDER)
        return (near[self.below(min(2, len(near)))] if stays else "",
                near[self.below(min(2, len(near)))] if feeds else "",
                self.choices(near) if near and self.chance(CHOOSING) else "")

    def birth(self, cell, twins):
        """One child, or two with the same claims."""
        zone, grade, group = cell["zone"], int(cell["grade"]), cell["group"]
        classes = ("1", "1", "2", "") if group == "resident" else ("1", "2", "3", "")
        household = self.household() if twins or self.chance(WITH_HOUSEHOLD) else ""
        class_, claims = classes[self.below(4)], self.claims(zone, grade)
        for _ in range(2 if twins else 1):
            self.rows.append([
                "", household, "yes" if twins else "", ("male", "female")[self.below(2)], grade,
                group, zone, class_, str(self.below(121)) if self.chance(0.5) else "",
                1 + self.below(self.children), f"{self.random.gauss(75, 10):.1f}", *claims])

    def cell(self, cell, pupils):
        while pupils > 0:
            twins = pupils > 1 and self.chance(TWINS)
            self.birth(cell, twins)
            pupils -= 2 if twins else 1

    def join_siblings(self):
        """A tenth of a zone's children get the household of one in another grade."""
        zones = {}
        for row in self.rows:
            zones.setdefault(row[6], []).append(row)
        for rows in zones.values():
            for _ in range(len(rows) // 10):
                one, other = rows[self.below(len(rows))], rows[self.below(len(rows))]
                if one[4] == other[4] or other[1]:
                    continue
                one[1] = one[1] or self.household()
                other[1] = one[1]

    def name(self):
        """Ids, and an order of rows, that say nothing of a child."""
        for place, row in enumerate(sorted(self.rows, key=lambda _: self.random.random())):
            row[0] = f"K{place + 1:07d}"
        self.rows.sort(key=lambda _: self.random.random())


def main():
    source, children, seed, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    demand = rows_of(source, "demand.csv")
    pupils = sum(int(cell["pupils"]) for cell in demand)
    copy_tables(source, out, max(1, -(-children // pupils)))
    drawing = Drawing(seed, children, nearest_schools(source))
    before = 0
    for cell in demand:
        after = before + int(cell["pupils"])
        drawing.cell(cell, after * children // pupils - before * children // pupils)
        before = after
    drawing.join_siblings()
    drawing.name()
    with open(os.path.join(out, "students.csv"), "w", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(drawing.rows)


if __name__ == "__main__":
    main()
