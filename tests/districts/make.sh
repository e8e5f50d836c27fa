#!/bin/sh
# make.sh: writes the districts beside it, each of a few zones and schools; always the same ones.
#
# They are meant to be rich in rules, tight in seats, and small enough for glpsol.
set -eu
cd "$(dirname "$0")"

# district NAME SEED ZONES SCHOOLS PUPILS SETTINGS [ROOMS]: PUPILS is the mean number in a cell; ROOMS
# classrooms in every school, to be divided, otherwise there are 2 that nobody asks about.
district() {
	mkdir -p "$1"
	printf '{"name": "%s", "year": 2026, "settings": {%s}}\n' "$1" "$6" >"$1/district.json"
	awk -v folder="$1" -v seed="$2" -v zones="$3" -v schools="$4" -v pupils="$5" -v rooms="${7:-0}" '
	function random(n) { # 0 .. n - 1; its own generator, because awks differ in theirs
		state = (state * 16807) % 2147483647
		return int(state / 2147483647 * n)
	}
	function point(   lon) {
		lon = 104.50 + random(900) / 10000
		return sprintf("%.4f,%.4f", lon, 30.35 + random(700) / 10000)
	}
	function table(name, head) { file = folder "/" name ".csv"; print head >file }
	function row(text) { print text >file }
	BEGIN {
		state = seed * 7919 + 1
		for (i = 0; i < 10; i++) random(2)
		table("groups", "group,weight,limit_km,max_share,needs,public_only")
		row("resident,1,,,,\nmigrant,1.5,2.5,0.45,,yes")
		row("boarder,1,,,boarding,\nbeside,2,,,inclusion,no\nspecial,3,,,special,")
		table("schools", "school,lon,lat,ownership,kind,grades,classrooms,max_pupils," \
			"boarding_beds,inclusion_places,opens")
		for (s = 1; s <= schools; s++)
			row(sprintf("S%d,%s,%s,%s,1-6,%d,%s,%d,%d,%s", s, point(),
				s == 2 ? "private" : "public", s == schools ? "special" : "ordinary",
				rooms ? rooms : 2, s == 1 ? pupils * 8 : "", s == 2 ? 3 : 1, s == 1 ? 1 : 2,
				s == 3 ? "2026-09" : ""))
		row("LATE," point() ",,,1-6,6,,9,9,2026-10")
		table("offerings", "school,grade,sections,enrolled,class_size" \
			(rooms ? ",sections_max" : ""))
		for (s = 1; s <= schools; s++)
			for (g = 3; g <= 4; g++)
				row(sprintf("S%d,%d,%d,%d,%s", s, g, 1 + random(2),
					random(6) + (s == 2 && g == 4) * 9, random(3) ? "" : 8) \
					(rooms ? (s == 3 && g == 3 ? ",1" : ",") : ""))
		table("zones", "zone,name,lon,lat,area")
		for (z = 1; z <= zones; z++)
			row(sprintf("Z%d,zone %d,%s,%s", z, z, point(),
				random(2) ? "urban" : "rural"))
		table("demand", "zone,grade,group,pupils")
		for (z = 1; z <= zones; z++)
			for (g = 3; g <= 4; g++) {
				row(sprintf("Z%d,%d,resident,%d", z, g, pupils / 2 + random(pupils)))
				row(sprintf("Z%d,%d,migrant,%d", z, g, random(pupils)))
				if (random(2)) row(sprintf("Z%d,%d,boarder,%d", z, g, 1 + random(3)))
				if (random(3) == 0) row(sprintf("Z%d,%d,beside,%d", z, g, 1 + random(2)))
				if (random(3) == 0) row(sprintf("Z%d,%d,special,1", z, g))
			}
		table("access", "zone,school,rule,grade,group")
		row("Z1,S2,never,,\nZ2,S1,only,3,resident\nZ2,S3,only,3,resident\nZ3,S1,never,4,migrant")
		table("distances", "zone,school,km")
		row("Z1,S1,2.5005\nZ2,S3,0.4\nZ3,S1,2.4995")
	}'
}

sizes='"class_size.primary": 9, "class_size.large": 11, "class_size.oversized": 13'
district counts 1 4 4 7 "$sizes, \"class_size.max\": 14"
district tight 2 5 4 8 "$sizes, \"class_size.max\": 11, \"limit_km.primary\": 2.5"
district near 3 4 4 6 "$sizes, \"class_size.max\": 13, \"max_km\": 4, \"distance.detour\": 1.3"
district whole 4 5 5 6 "$sizes, \"class_size.max\": 14, \"whole_zones\": true"
money='unplaced + 0.25 far; 2 large_classes + oversized_classes; travel_km + 0.5 over_standard'
district money 5 4 4 7 "$sizes, \"class_size.max\": 13, \"objective\": \"$money\""
free='"sections": "free"'
district rooms 6 4 4 7 "$sizes, $free, \"class_size.max\": 14" 4
district rooms-tight 7 4 4 8 "$sizes, $free, \"class_size.max\": 11, \"limit_km.primary\": 2.5" 3
district rooms-whole 8 4 4 6 "$sizes, $free, \"class_size.max\": 14, \"whole_zones\": true" 4
