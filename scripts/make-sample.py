#!/usr/bin/env python3
"""make-sample.py OUTDIR: the sample district, an invented county in the proportions of Jianyang.

Places, children and rules are drawn from one seeded generator, so that every run writes the same
bytes. What is a fact and what is invented: inputs/samples/jianyang/README.md.
"""
import csv
import json
import math
import os
import random
import sys

SEED = 510185                       # the county's region code: any number would do

# Facts of the published case: 59 schools, 2,749 mu of land, 875,000 m2 of floor, 66,000 seats, and
# 3,425 migrant children.
NEW_SCHOOLS = 59
NEW_SEATS = 66_000
NEW_LAND_M2 = round(2_749 * 666.7)  # 1 mu = 666.7 m2
NEW_FLOOR_M2 = 875_000
MIGRANTS = 3_425
LEFT_BEHIND = 512                   # the case says "more than 500"
STANDARD = {1: 45, 7: 50}           # seats a class, from grade 1 and from grade 7 on
NEW_CAP = {"1-6": 2000, "7-9": 2000, "1-9": 2500}   # most pupils of a school, national rule
OLD_CAP = {"1-6": 2400, "7-9": 2400, "1-9": 3000}   # the exception for schools built by 2010

# Invented from here on: sizes and shares that give a crowded city and half-empty villages.
PUPILS = 100_000
CITY_PUPILS = 43_000
CITY_MIGRANTS = 2_950
GRADES = range(1, 10)
GRADE_WEIGHT = dict(zip(GRADES, (1.02, 1.02, 1.01, 1.01, 1.0, 1.0, 0.99, 0.98, 0.97)))
LEFT_BEHIND_WEIGHT = dict(zip(GRADES, (1, 1, 1, 6, 7, 8, 8, 8, 7)))    # beds start in grade 4
MAX_CLASS = 65
OPENS_NEW, OPENS_OLD = 2018, (1956, 2010)
SETTINGS = {"max_km": 8, "distance.detour": 1.2}     # roads are 1.2 times the straight line

CENTRE = (104.55, 30.39)            # the city, east and north
KM_PER_DEGREE = (96.1, 110.9)       # at this latitude
COUNTY_KM = (60.0, 45.0)
CITY_RADIUS, CITY_ZONES = 4.0, 176
CITY_DENSITY_KM = 4.2               # where pupils a square km fall to 1/e of the centre
SUBURB_RADIUS, SUBURB_ZONES = 7.0, 14
TOWN_ZONES = 310
TOWN_MIN_KM, TOWN_SPACING = 12.0, 6.0   # from the city; from each other
VILLAGE_RADIUS = 3.1                # around the town
TOWN_CENTRE_SHARE = 0.5             # of a township's pupils
BEDS_SLACK, BEDS_STEP = 1.8, 5

# Schools: grades and sections a grade. A pair of towns' schools is a primary and a junior school.
OLD_CITY = ([("1-6", n) for n in (6, 6, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 3)]
            + [("7-9", n) for n in (8, 8, 6, 6, 6, 6, 5, 5, 4, 4)]
            + [("1-9", n) for n in (4, 4, 4, 3, 3)])
OLD_NINE_YEAR = (2,) * 5 + (3,) * 11 + (4,) * 10     # towns with one school
OLD_PAIR = (3,) * 5 + (4,) * 9                       # towns with two
VILLAGE_SCHOOLS = 37
TWO_SECTION_VILLAGES = 5
NEW_CITY = ([("1-6", n) for n in (4,) * 5 + (5,) * 4 + (6,) * 3]
            + [("7-9", n) for n in (6, 8, 8, 10, 10)]
            + [("1-9", n) for n in (3,) * 5 + (4,) * 6 + (5,)])
NEW_TOWN = ([("1-9", n) for n in (3,) * 5 + (2,) * 15] + [("1-6", n) for n in (3,) * 4 + (2,) * 3]
            + [("7-9", 4)] * 3)
OLD_BOARDING, NEW_BOARDING = 12, 3
PRIVATE, PURCHASED = (12, 22), (11, 13, 23)          # places in OLD_CITY

# Square metres a seat before scaling: land, floor. Town sites are larger, old city sites tight.
NEW_M2 = {"1-6": (25, 11.5), "7-9": (29, 15.5), "1-9": (27, 13.5)}
OLD_M2 = {"urban": (12, 5.8), "town": (20, 6.6), "rural": (28, 7.5)}

RIVER_LON, RIVER_SWING, RIVER_WAVE = 104.60, 0.035, 14.0
NEVER_ROWS, BRIDGE_ROWS, ONLY_ROWS = 12, 8, 2
ACROSS_KM, OWN_BANK_KM = 5.0, 5.0

TOWN_FIRST = "青石云白松柳竹龙清长"
TOWN_SECOND = ("禾", "岭", "溪", "坪", "庙", "坝", "塘", "冲")
VILLAGE_FIRST = "红高新双大石柏桂桃李杨枣榆梅茶麻金银水月光明胜利丰平"
VILLAGE_SECOND = "湾坡沟田井桥林垭堰坳"
ESTATE_FIRST = ("锦江", "翠湖", "金桂", "阳光", "书香", "滨江", "华庭", "丽景", "南湖", "东盛",
                "紫薇", "枫林", "玉兰", "兴业", "和平", "朝阳", "幸福", "建设", "春熙里", "望江")
ESTATE_SECOND = ("花园", "家园", "小区", "新村", "社区", "名城", "苑", "里", "雅居")
DISTRICTS = ("城东街道", "城北街道", "城西街道", "城南街道")
SCHOOL_WORDS = ("文昌", "明德", "青藤", "育才", "向阳", "沱江", "凤台", "三溪", "石阶", "芙蓉",
                "望月", "弘毅", "求实", "思源", "启明", "映山", "汇文", "致远", "星河", "知行",
                "博雅", "树人", "景行", "润泽", "春晖", "朝晖", "新民", "崇文", "尚德")
SCHOOL_KIND = {"1-6": "小学", "7-9": "初级中学", "1-9": "学校"}

ZONE_COLUMNS = ("zone", "name", "lon", "lat", "township", "area")
SCHOOL_COLUMNS = ("school", "name", "lon", "lat", "status", "opens", "ownership", "kind", "grades",
                  "classrooms", "max_pupils", "boarding_beds", "inclusion_places", "land_m2",
                  "floor_m2")
GROUP_ROWS = (("resident", "本地户籍", 1, "", ""), ("migrant", "随迁子女", 1, "", "yes"),
              ("left_behind", "留守儿童", 1, "boarding", ""))


# Places: kilometres east and north of the city centre.

def km_between(a, b):
    return math.hypot(a["x"] - b["x"], a["y"] - b["y"])


def from_city(place):
    return math.hypot(place["x"], place["y"])


def in_ring(rng, inner, outer, around=(0.0, 0.0)):
    angle = rng.uniform(0, 2 * math.pi)
    radius = math.sqrt(rng.uniform(inner * inner, outer * outer))
    return {"x": around[0] + radius * math.cos(angle), "y": around[1] + radius * math.sin(angle)}


def spread(rng, count, draw, taken=(), tries=12):
    """Places far from each other: each the best of some tries."""
    chosen = list(taken)
    for _ in range(count):
        tried = [draw(rng) for _ in range(tries)]
        room = [min((km_between(t, c) for c in chosen), default=0.0) for t in tried]
        chosen.append(tried[room.index(max(room))])
    return chosen[len(taken):]


def lon_lat(place):
    return [f"{c + km / size:.5f}" for c, km, size in
            zip(CENTRE, (place["x"], place["y"]), KM_PER_DEGREE)]


def east_of_river(place):
    lon = CENTRE[0] + place["x"] / KM_PER_DEGREE[0]
    return lon > RIVER_LON + RIVER_SWING * math.sin(place["y"] / RIVER_WAVE)


def apportion(weights, total):
    """Whole numbers in proportion to the weights, with this sum (largest remainder)."""
    scale = total / sum(weights)
    exact = [w * scale for w in weights]
    whole = [math.floor(e) for e in exact]
    order = sorted(range(len(weights)), key=lambda i: (whole[i] - exact[i], i))
    for i in order[:total - sum(whole)]:
        whole[i] += 1
    return whole


def names(rng, firsts, seconds, count, ending=""):
    every = [first + second + ending for first in firsts for second in seconds]
    rng.shuffle(every)
    return every[:count]


# Zones.

def district_of(place):
    if from_city(place) < 1.4:
        return "简城街道"
    return DISTRICTS[int(math.atan2(place["y"], place["x"]) / (math.pi / 2) + 0.5) % 4]


def city_zones(rng):
    zones = spread(rng, CITY_ZONES, lambda r: in_ring(r, 0, CITY_RADIUS), tries=5)
    for zone, name in zip(zones, names(rng, ESTATE_FIRST, ESTATE_SECOND, CITY_ZONES)):
        density = math.exp(-(from_city(zone) / CITY_DENSITY_KM) ** 2) * rng.uniform(0.6, 1.4)
        zone.update(name=name, area="urban", weight=density)
    suburbs = spread(rng, SUBURB_ZONES, lambda r: in_ring(r, CITY_RADIUS + 0.6, SUBURB_RADIUS))
    for zone, name in zip(suburbs, names(rng, VILLAGE_FIRST, "郊园", SUBURB_ZONES, "村")):
        zone.update(name=name, area="rural", weight=rng.uniform(0.12, 0.25))
    for zone in zones + suburbs:
        zone.update(township=district_of(zone), city=True, migrants=rng.random() ** 2)
    return sorted(zones + suburbs, key=lambda z: z["township"])


def in_county(rng):
    while True:
        x, y = (rng.uniform(-0.5, 0.5) * km for km in COUNTY_KM)
        place = {"x": x, "y": y}
        if from_city(place) >= TOWN_MIN_KM:
            return place


def make_towns(rng):
    sizes = [("nine", n) for n in OLD_NINE_YEAR] + [("pair", n) for n in OLD_PAIR]
    rng.shuffle(sizes)
    towns = spread(rng, len(sizes), in_county, tries=60)
    for town, name, (kind, sections) in zip(towns, town_names(rng, len(towns)), sizes):
        town.update(name=name, kind=kind, sections=sections)
    for i, village in enumerate(apportion([t["sections"] + 4 for t in towns], TOWN_ZONES)):
        towns[i]["zones"] = town_zones(rng, towns[i], village)
    name_villages(rng, towns)
    return towns


def town_names(rng, count):
    plain = names(rng, TOWN_FIRST, TOWN_SECOND, count)
    return [name + ("乡" if i % 5 == 4 else "镇") for i, name in enumerate(plain)]


def town_zones(rng, town, count):
    centres = 2 if town["kind"] == "pair" else 1
    at = (town["x"], town["y"])
    streets = spread(rng, centres, lambda r: in_ring(r, 0.1, 0.6, at))
    villages = spread(rng, count - centres, lambda r: in_ring(r, 1.2, VILLAGE_RADIUS, at))
    for street, name in zip(streets, ("场镇社区", "新街社区")):
        street.update(name=town["name"] + name, area="town", weight=1 / centres)
    for village in villages:
        village.update(area="rural", weight=rng.uniform(0.6, 1.4))
    for zone in streets + villages:
        zone.update(township=town["name"], city=False)
    return streets + villages


def name_villages(rng, towns):
    villages = [z for t in towns for z in t["zones"] if z["area"] == "rural"]
    for village, name in zip(villages, names(rng, VILLAGE_FIRST, VILLAGE_SECOND, len(villages))):
        village["name"] = name + "村"


def weigh_town_zones(rng, towns):
    """A township's pupils follow the seats it has; nearly half live in the town itself."""
    for town in towns:
        total = town["sections"] * rng.uniform(0.88, 1.08) + town["village_sections"] * 0.5
        rural = sum(z["weight"] for z in town["zones"] if z["area"] == "rural")
        for zone in town["zones"]:
            is_town = zone["area"] == "town"
            share = TOWN_CENTRE_SHARE if is_town else (1 - TOWN_CENTRE_SHARE) / rural
            zone["weight"] *= total * share
            zone["migrants"] = rng.random() if is_town else 0.0


# Schools.

def new_school(place, name, grades, sections, status, area):
    low, high = map(int, grades.split("-"))
    return {"x": place["x"], "y": place["y"], "name": name, "grades": grades, "status": status,
            "area": area, "sections": {g: sections for g in range(low, high + 1)}, "beds": 0,
            "opens": OPENS_NEW, "ownership": "public"}


def seats(school):
    return sum(n * STANDARD[1 if g < 7 else 7] for g, n in school["sections"].items())


def classes(school):
    return sum(school["sections"].values())


def in_place(school, grade):
    return grade in school["sections"]


def old_city_schools(rng):
    places = spread(rng, len(OLD_CITY), lambda r: in_ring(r, 0.2, 2.9), tries=8)
    schools = []
    for i, (place, (grades, sections)) in enumerate(zip(places, OLD_CITY)):
        name = f"简城{SCHOOL_WORDS[i]}{SCHOOL_KIND[grades]}"
        schools.append(new_school(place, name, grades, sections, "existing", "urban"))
        schools[-1]["ownership"] = ("private" if i in PRIVATE else
                                    "purchased" if i in PURCHASED else "public")
    return schools


def old_town_schools(rng, town):
    places = spread(rng, 2, lambda r: in_ring(r, 0.1, 0.7, (town["x"], town["y"])))
    name, sections = town["name"], town["sections"]
    if town["kind"] == "pair":
        return [new_school(places[0], name + "中心小学", "1-6", sections, "existing", "town"),
                new_school(places[1], name + "初级中学", "7-9", sections + 1, "existing", "town")]
    school = new_school(places[0], name + "九年制学校", "1-9", sections, "existing", "town")
    for grade in (7, 8, 9):         # children of the village schools join in grade 7
        school["sections"][grade] += bool(town["village_sections"])
    return [school]


def give_village_schools(rng, towns):
    for town in towns:
        town["village_sections"] = 0
    chosen = sorted(rng.sample(towns, VILLAGE_SCHOOLS), key=lambda t: -t["sections"])
    for i, town in enumerate(chosen):
        town["village_sections"] = 2 if i < TWO_SECTION_VILLAGES else 1


def village_school(rng, town):
    """In the village farthest from the town."""
    villages = [z for z in town["zones"] if z["area"] == "rural"]
    site = max(villages, key=lambda z: km_between(z, town))
    place = in_ring(rng, 0.05, 0.25, (site["x"], site["y"]))
    return new_school(place, f"{town['name']}{site['name']}小学", "1-6", town["village_sections"],
                      "existing", "rural")


def beside_a_zone(rng, zones):
    zone = rng.choice(zones)
    return in_ring(rng, 0.1, 0.4, (zone["x"], zone["y"]))


def new_city_schools(rng, zones, old):
    """Among homes, far from the schools there are."""
    urban = [z for z in zones if z["area"] == "urban"]
    places = spread(rng, len(NEW_CITY), lambda r: beside_a_zone(r, urban), old, tries=8)
    sizes = list(NEW_CITY)
    rng.shuffle(sizes)
    return [new_school(place, f"{district_of(place)[:2]}{word}实验{SCHOOL_KIND[grades]}", grades,
                       sections, "new", "urban")
            for place, word, (grades, sections) in zip(places, SCHOOL_WORDS[::-1], sizes)]


def new_town_schools(rng, towns):
    schools = []
    for town, (grades, sections) in zip(rng.sample(towns, len(NEW_TOWN)), NEW_TOWN):
        place = in_ring(rng, 0.5, 1.3, (town["x"], town["y"]))
        name = f"{town['name']}新建{SCHOOL_KIND[grades]}"
        schools.append(new_school(place, name, grades, sections, "new", "town"))
    return schools


def make_schools(rng, zones, towns):
    city = old_city_schools(rng)
    old = city + [s for town in towns for s in old_town_schools(rng, town)]
    old += [village_school(rng, town) for town in towns if town["village_sections"]]
    new = new_city_schools(rng, zones, city) + new_town_schools(rng, towns)
    for letter, width, schools in (("S", 3, old), ("N", 2, new)):
        for i, school in enumerate(schools, 1):
            school["id"] = f"{letter}{i:0{width}d}"
    measure_old(rng, old)
    measure_new(rng, new)
    return old + new


def measure_old(rng, schools):
    for school in schools:
        land, floor = OLD_M2[school["area"]]
        school["opens"] = round(rng.uniform(*OPENS_OLD))
        school["land"] = 10 * round(seats(school) * land * rng.uniform(0.85, 1.2) / 10)
        school["floor"] = 10 * round(seats(school) * floor * rng.uniform(0.9, 1.15) / 10)


def measure_new(rng, schools):
    """Land and floor in proportion to seats, larger in towns, with the published sums."""
    for key, at, total in (("land", 0, NEW_LAND_M2), ("floor", 1, NEW_FLOOR_M2)):
        weights = [seats(s) * NEW_M2[s["grades"]][at] * (1.15 if s["area"] == "town" else 1.0)
                   * (1.2 - classes(s) / 150) * rng.uniform(0.94, 1.06) for s in schools]
        for school, area in zip(schools, apportion(weights, total)):
            school[key] = area


def max_pupils(school):
    cap = (NEW_CAP if school["status"] == "new" else OLD_CAP)[school["grades"]]
    return min(cap, 50 * math.ceil(MAX_CLASS * classes(school) / 50))


# Children.

def spread_pupils(demand, zones, group, key, total):
    cells = [(z["id"], g) for z in zones for g in GRADES]
    weights = [z[key] * z["weight"] ** (key == "migrants") * GRADE_WEIGHT[g]
               for z in zones for g in GRADES]
    for (zone, grade), pupils in zip(cells, apportion(weights, total)):
        demand[zone, grade, group] = pupils


def make_demand(rng, zones):
    demand = {}
    city, towns = [z for z in zones if z["city"]], [z for z in zones if not z["city"]]
    migrants = MIGRANTS - CITY_MIGRANTS
    spread_pupils(demand, city, "migrant", "migrants", CITY_MIGRANTS)
    spread_pupils(demand, towns, "migrant", "migrants", migrants)
    spread_pupils(demand, city, "resident", "weight", CITY_PUPILS - CITY_MIGRANTS)
    spread_pupils(demand, towns, "resident", "weight",
                  PUPILS - CITY_PUPILS - migrants - LEFT_BEHIND)
    draw_left_behind(rng, demand, [z for z in towns if z["area"] == "rural"])
    return demand


def draw_left_behind(rng, demand, villages):
    drawn = rng.choices(villages, [z["weight"] for z in villages], k=LEFT_BEHIND)
    grades = rng.choices(GRADES, [LEFT_BEHIND_WEIGHT[g] for g in GRADES], k=LEFT_BEHIND)
    for zone, grade in zip(drawn, grades):
        key = zone["id"], grade, "left_behind"
        demand[key] = demand.get(key, 0) + 1


def spread_out(schools, count):
    """The first, then each time the one farthest from those already chosen."""
    chosen = schools[:1]
    while len(chosen) < count:
        chosen.append(max(schools, key=lambda s: min(km_between(s, c) for c in chosen)))
    return chosen


def give_beds(zones, schools, demand):
    """Beds for the children nearest to each boarding school, before and after the new ones open."""
    nine_year = [s for s in schools if s["grades"] == "1-9" and s["area"] == "town"]
    old = spread_out([s for s in nine_year if s["status"] == "existing"], OLD_BOARDING)
    new = spread_out([s for s in nine_year if s["status"] == "new"], NEW_BOARDING)
    for boarding in (old, old + new):
        near = nearest_boarders(zones, boarding, demand)
        for school, children in zip(boarding, near):
            beds = BEDS_STEP * math.ceil(max(4, children) * BEDS_SLACK / BEDS_STEP)
            school["beds"] = max(school["beds"], beds)


def nearest_boarders(zones, boarding, demand):
    counts = [0] * len(boarding)
    place = {z["id"]: z for z in zones}
    for (zone, grade, group), pupils in demand.items():
        if group == "left_behind" and grade >= 4:
            far = [km_between(place[zone], s) for s in boarding]
            counts[far.index(min(far))] += pupils
    return counts


# Rules at the river.

def served_on_own_bank(zone, school, schools):
    """Does an open school on the zone's bank teach each grade of this school, and near enough?"""
    near = [s for s in schools if s["status"] == "existing" and km_between(zone, s) < OWN_BANK_KM
            and east_of_river(s) == east_of_river(zone)]
    return all(any(in_place(s, g) for s in near) for g in school["sections"])


def pairs_across_river(zones, schools):
    pairs = [(km_between(z, s), z, s) for z in zones if not z["city"] for s in schools
             if km_between(z, s) < ACROSS_KM and east_of_river(z) != east_of_river(s)]
    return sorted(pairs, key=lambda p: (p[0], p[1]["id"], p[2]["id"]))


def river_rules(zones, schools):
    """access.csv and distances.csv: no bridge near, or a known way over one."""
    pairs = pairs_across_river(zones, schools)
    barred = [p for p in pairs if served_on_own_bank(p[1], p[2], schools)][:NEVER_ROWS]
    bridged = [p for p in pairs if p not in barred][:BRIDGE_ROWS]
    access = [(z["id"], s["id"], "never", "", "") for _, z, s in barred]
    distances = [(z["id"], s["id"], f"{1.4 * km + 1.2:.1f}", round(4 * km + 6))
                 for km, z, s in bridged]
    return access, distances


def feeder_rules(zones, schools):
    """Some town streets feed the junior grades of their own nine-year school."""
    rows = []
    for school in schools:
        near = [z for z in zones if z["area"] == "town" and km_between(z, school) < 0.6]
        if school["grades"] == "1-9" and school["status"] == "existing" and near:
            rows.append((near[0]["id"], school["id"], "only", 7, "resident"))
    return rows[:ONLY_ROWS]


# Files.

def write_table(folder, name, columns, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def zone_row(zone):
    return [zone["id"], zone["name"], *lon_lat(zone), zone["township"], zone["area"]]


def school_row(school):
    return [school["id"], school["name"], *lon_lat(school), school["status"],
            f"{school['opens']}-09", school["ownership"], "ordinary", school["grades"],
            classes(school), max_pupils(school), school["beds"], max(2, classes(school) // 6),
            school["land"], school["floor"]]


def write_district(folder):
    config = {"name": "Jianyang (sample)", "year": 2018, "month": "2018-09", "crs": "EPSG:4326",
              "settings": SETTINGS}
    with open(os.path.join(folder, "district.json"), "w", encoding="utf-8", newline="") as file:
        file.write(json.dumps(config, ensure_ascii=False, indent=2) + "\n")


def write_sample(folder, zones, schools, demand):
    os.makedirs(folder, exist_ok=True)
    write_district(folder)
    write_table(folder, "zones.csv", ZONE_COLUMNS, map(zone_row, zones))
    write_table(folder, "schools.csv", SCHOOL_COLUMNS, map(school_row, schools))
    write_table(folder, "offerings.csv", ("school", "grade", "sections", "enrolled"),
                [(s["id"], g, n, 0) for s in schools for g, n in s["sections"].items()])
    write_table(folder, "demand.csv", ("zone", "grade", "group", "pupils"),
                [(*key, n) for key, n in sorted(demand.items()) if n > 0])
    write_table(folder, "groups.csv", ("group", "label", "weight", "needs", "public_only"),
                GROUP_ROWS)
    access, distances = river_rules(zones, schools)
    write_table(folder, "access.csv", ("zone", "school", "rule", "grade", "group"),
                access + feeder_rules(zones, schools))
    write_table(folder, "distances.csv", ("zone", "school", "km", "minutes"), distances)


def check_sums(schools, demand):
    """The published sums hold to the unit."""
    new = [s for s in schools if s["status"] == "new"]
    assert len(new) == NEW_SCHOOLS and sum(map(seats, new)) == NEW_SEATS
    assert sum(s["land"] for s in new) == NEW_LAND_M2
    assert sum(s["floor"] for s in new) == NEW_FLOOR_M2
    assert all(seats(s) <= max_pupils(s) for s in schools)
    assert sum(demand.values()) == PUPILS
    for group, total in (("migrant", MIGRANTS), ("left_behind", LEFT_BEHIND)):
        assert sum(n for key, n in demand.items() if key[2] == group) == total


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make-sample.py OUTDIR")
    rng = random.Random(SEED)
    city, towns = city_zones(rng), make_towns(rng)
    zones = city + [zone for town in towns for zone in town["zones"]]
    for i, zone in enumerate(zones, 1):
        zone["id"] = f"Z{i:04d}"
    give_village_schools(rng, towns)
    weigh_town_zones(rng, towns)
    schools = make_schools(rng, zones, towns)
    demand = make_demand(rng, zones)
    give_beds(zones, schools, demand)
    check_sums(schools, demand)
    write_sample(sys.argv[1], zones, schools, demand)


if __name__ == "__main__":
    main()
