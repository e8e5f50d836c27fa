#!/bin/sh
# test-rights.sh PROGRAM: violations planted in a plan for children by name, each found by verify.
#
# All children live in one zone, so that exchanging the seats of two of one grade and group leaves
# every table of numbers as it is: what is found is found of the children.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")
district=$scratch/district
plan=$scratch/plan
broken=$scratch/broken

# S stay at B, F are fed to B, Y1 has a brother at B, T are twins, I need inclusion places, C and D
# choose, P do not.
children() {
	echo student,grade,group,zone,household,twin,class,current_school,feeder_school,choices,sex
	for i in 1 2; do echo "S$i,1,resident,Z1,,,,B,,,male"; done
	for i in 1 2; do echo "F$i,1,resident,Z1,,,,,B,,female"; done
	echo "X1,2,resident,Z1,H1,,,B,,,male"
	echo "Y1,1,resident,Z1,H1,,,,,,male"
	for i in 1 2; do echo "T$i,1,resident,Z1,H2,yes,1,,,,female"; done
	for i in 1 2; do echo "I$i,1,included,Z1,,,,,,,male"; done
	for i in 1 2 3; do echo "C$i,1,resident,Z1,,,1,,,C;A,male"; done
	for i in 1 2 3 4; do echo "D$i,1,resident,Z1,,,2,,,A;B;C,female"; done
	for i in 1 2 3 4 5 6 7; do echo "P$i,1,resident,Z1,,,,,,,male"; done
}

make_district() {
	mkdir "$district"
	cat >"$district/district.json" <<-'END'
		{"name": "Rights", "year": 2026, "settings": {"seed": "2026-09-01",
		 "decide": "deferred", "class_size.primary": 5, "class_size.large": 6,
		 "class_size.oversized": 7, "class_size.max": 6, "inclusion_per_class": 1}}
	END
	printf 'zone,lon,lat\nZ1,104.500,30.400\n' >"$district/zones.csv"
	cat >"$district/schools.csv" <<-'END'
		school,lon,lat,inclusion_places
		A,104.501,30.401,4
		B,104.510,30.410,4
		C,104.520,30.420,4
	END
	cat >"$district/offerings.csv" <<-'END'
		school,grade,sections,enrolled
		A,1,2,0
		B,1,2,0
		C,1,1,0
		B,2,1,0
	END
	printf 'group,needs\nresident,\nincluded,inclusion\n' >"$district/groups.csv"
	children >"$district/students.csv"
}

verify() {
	"$seatwise" verify "$district" "$1" >"$scratch/log" 2>&1
}

# exchange FIELDS ONE OTHER: the first fields from the second on, of two rows of students.csv.
exchange() {
	awk -F , -v OFS=, -v n="$1" -v one="$2" -v other="$3" '
		NR == FNR {for (i = 2; i <= n; i++) field[$1, i] = $i; next}
		$1 == one {for (i = 2; i <= n; i++) $i = field[other, i]}
		$1 == other {for (i = 2; i <= n; i++) $i = field[one, i]}
		{print}' "$plan/students.csv" "$plan/students.csv" >"$broken/students.csv"
}

# in_table TABLE SCRIPT: the script of sed breaks a table.
in_table() {
	sed "$2" "$plan/$1" >"$broken/$1"
}

# planted WORDS COMMAND...: the command breaks the copy of the plan; verify says so in these words.
planted() {
	words=$1
	shift
	rm -rf "$broken"
	cp -R "$plan" "$broken"
	"$@"
	if diff -r "$plan" "$broken" >/dev/null; then
		fail "nothing was planted: $*"
	elif verify "$broken"; then
		fail "not found: $*"
	elif grep -q -F -e "$words" "$scratch/log"; then
		pass
	else
		fail "found, but not said as '$words': $*"
		sed 's/^/    /' "$scratch/log"
	fi
}

make_district
"$seatwise" assign "$district" --out "$plan" >"$scratch/log" 2>&1
if verify "$plan"; then pass; else fail 'verify refuses the plan'; fi

a_seat=$(awk -F , '/^P/ && $2 == "A" {print $1; exit}' "$plan/students.csv")
b_seat=$(awk -F , '/^P/ && $2 == "B" {print $1; exit}' "$plan/students.csv")
other_class=$(awk -F , '/^P/ && $2 == "A" && $3 == 2 {print $1; exit}' "$plan/students.csv")
beside_i2=$(awk -F , 'NR == FNR {if ($1 == "I2") place = $2 FS $3; next}
	/^[FPS]/ && $2 FS $3 == place {print $1; exit}' "$plan/students.csv" "$plan/students.csv")

planted 'may stay at its current school' exchange 4 S1 "$a_seat"
planted 'has a claim to its feeder school' exchange 4 F1 "$a_seat"
planted 'has a claim to the school of its siblings' exchange 4 Y1 "$a_seat"
planted 'is admitted at a school of its choice' exchange 4 D1 "$b_seat"
planted 'twins go to different schools' exchange 4 T1 "$b_seat"
planted "this seat is another child's by right" exchange 4 "$a_seat" "$b_seat"
planted 'classes differ by more than one pupil' \
	in_table students.csv 's/^\(D[0-9],A\),2,/\1,1,/'
planted 'has more inclusion children than it may' \
	exchange 3 I1 "$beside_i2"
planted 'twins are in classes that twins.sections is against' exchange 3 T1 "$other_class"
planted 'is not the class that is drawn' \
	exchange 3 "$other_class" "$(awk -F , '/^[DP]/ && $2 == "A" && $3 == 1 {print $1; exit}' \
		"$plan/students.csv")"
planted "this place in the waiting list is another child's" \
	in_table waiting.csv '2 {h; d;}; 3 {G;}'
planted 'children wait, but' in_table waiting.csv '$d'
planted 'the notice is not what students.csv says' in_table notices.csv 's/^C1,1,C/C1,1,A/'
planted 'the plan does not bear out this reason' in_table students.csv '/^C1,/s/choice 1/choice 2/'
planted 'nearness is not' in_table students.csv '/^C1,/s/,3$/,2/'
planted 'rank is not' in_table students.csv '/^C1,/s/,1,choice/,2,choice/'
planted 'km is not' in_table students.csv '/^C1,/s/2\.9/2.8/'
planted 'lot is not' in_table lottery.csv '5s/,./,f/'
planted 'there is no such class' in_table students.csv '/^C1,/s/,C,1,/,C,7,/'
tally
