#!/usr/bin/env python3
"""vary.py DISTRICT OUT [options]: another district from one with many large classes.

Reads schools, offerings, zones and demand of a folder and writes them anew with

  --share P      pupils of every grade: P per cent of its seats at class_size.max 65, those who
                 stay included
  --remainder R  and so many more that the excess over 55 a class leaves R of 10
  --only K       half of the zones, drawn by --seed: an `only` rule for the K nearest schools of
                 each level
  --max-km X     the setting max_km
  --stay P       those who stay in an offering: up to P per cent of its seats at 65, drawn
  --seed N

Demand is scaled by largest remainder, so that every zone keeps its share.
"""
import argparse
import csv
import json
import math
import os
import random

LARGE, MOST = 55, 65


def read(folder, name):
    path = os.path.join(folder, name + '.csv')
    if not os.path.exists(path):
        return []
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def write(folder, name, rows):
    if not rows:
        return
    with open(os.path.join(folder, name + '.csv'), 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator='\n')
        writer.writeheader()
        writer.writerows(rows)


def let_stay(offerings, percent, rng):
    for row in offerings:
        seats = MOST * int(row['sections'])
        row['enrolled'] = rng.randint(0, int(seats * percent / 100))


def scale(demand, grade, total):
    """Whole pupils, `total` of them, by largest remainder over the rows of the grade."""
    rows = [row for row in demand if row['grade'] == grade]
    before = sum(int(row['pupils']) for row in rows)
    exact = [int(row['pupils']) * total / before for row in rows]
    for row, value in zip(rows, exact):
        row['pupils'] = int(value)
    order = sorted(range(len(rows)), key=lambda i: (int(exact[i]) - exact[i], i))
    for i in order[:total - sum(row['pupils'] for row in rows)]:
        rows[i]['pupils'] += 1


def fit(demand, offerings, share, remainder):
    for grade in sorted({row['grade'] for row in demand}):
        here = [row for row in offerings if row['grade'] == grade]
        sections = sum(int(row['sections']) for row in here)
        stay = sum(int(row.get('enrolled') or 0) for row in here)
        total = sum(int(row['pupils']) for row in demand if row['grade'] == grade) + stay
        if share is not None:
            total = int(sections * MOST * share / 100)
        if remainder is not None:
            total += (remainder - (total - LARGE * sections)) % 10
        scale(demand, grade, total - stay)


def nearest(zone, schools, count):
    def way(school):
        north = float(zone['lat']) - float(school['lat'])
        east = (float(zone['lon']) - float(school['lon'])) * math.cos(math.radians(30))
        return north * north + east * east, school['school']
    return [school['school'] for school in sorted(schools, key=way)[:count]]


def rules(zones, schools, offerings, count, rng):
    """For each drawn zone the nearest schools of each grade, so that no grade is left without."""
    rows = []
    grades = sorted({row['grade'] for row in offerings}, key=int)
    of_grade = {g: {row['school'] for row in offerings if row['grade'] == g} for g in grades}
    for zone in zones:
        if rng.random() < 0.5:
            continue
        for grade in grades:
            near = nearest(zone, [s for s in schools if s['school'] in of_grade[grade]], count)
            rows += [{'zone': zone['zone'], 'school': s, 'rule': 'only', 'grade': grade}
                     for s in near]
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('district')
    parser.add_argument('out')
    parser.add_argument('--share', type=float)
    parser.add_argument('--remainder', type=int)
    parser.add_argument('--only', type=int)
    parser.add_argument('--max-km', type=float)
    parser.add_argument('--stay', type=float)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    tables = {name: read(options.district, name)
              for name in ('schools', 'offerings', 'zones', 'demand', 'groups', 'access')}
    with open(os.path.join(options.district, 'district.json'), encoding='utf-8') as file:
        config = json.load(file)
    if options.stay:
        let_stay(tables['offerings'], options.stay, rng)
    fit(tables['demand'], tables['offerings'], options.share, options.remainder)
    tables['demand'] = [row for row in tables['demand'] if int(row['pupils']) > 0]
    if options.only:
        tables['access'] = rules(tables['zones'], tables['schools'], tables['offerings'],
                                 options.only, rng)
    if options.max_km:
        config.setdefault('settings', {})['max_km'] = options.max_km
    os.makedirs(options.out, exist_ok=True)
    with open(os.path.join(options.out, 'district.json'), 'w', encoding='utf-8') as file:
        json.dump(config, file, ensure_ascii=False, indent=1)
        file.write('\n')
    for name, rows in tables.items():
        write(options.out, name, rows)


if __name__ == '__main__':
    main()
