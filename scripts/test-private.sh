#!/bin/sh
# test-private.sh PROGRAM: what must be told of no child is found in no output and no message.
#
# Children have marked ids, households and names, and points of their own with marked digits. All
# commands are run on them, on broken tables too; every file and every line said is searched.
set -u

[ $# -eq 1 ] || { echo "usage: $0 PROGRAM" >&2; exit 2; }
here=$(cd "$(dirname "$0")" && pwd)
. "$here/tally.sh"
make_scratch
seatwise=$(absolute "$1")
key=$scratch/key
echo 'a key that nobody would guess' >"$key"

# The children of the sample's first cells, every third at a point of its own.
children() {
	rm -rf "$1"
	cp -R "$here/../inputs/samples/jianyang" "$1"
	awk -F , -v OFS=, '
		NR == 1 {
			for (i = 1; i <= NF; i++) at[$i] = i
			print "student", "name", "household", "twin", "class", "grade", "group", \
				"zone", "lon", "lat", "current_school", "choices"
			next
		}
		n > 3000 {exit}
		{for (i = 0; i < $at["pupils"]; i++) {
			n++
			home = n % 3 == 0
			print "SECRETID" 100000 + n, "SECRETNAME" n, "SECRETHOME" int(n / 2), \
				n % 50 < 2 && !home ? "yes" : "", n % 4 ? n % 4 : "", \
				$at["grade"], $at["group"], home ? "" : $at["zone"], \
				home ? "104.54" 61000 + n % 900 : "", \
				home ? "30.39" 68000 + n % 700 : "", \
				n % 7 ? "" : "S001", n % 5 ? "" : "S002;S001;S003"
		}}' "$1/demand.csv" >"$1/students.csv"
	rm "$1/demand.csv"
}

# run NAME DISTRICT ARGUMENTS...: all commands; what they say and write is in the folder NAME.
run() {
	out=$scratch/$1
	district=$2
	shift 2
	mkdir "$out"
	{
		"$seatwise" check "$district" "$@"
		"$seatwise" assign "$district" --out "$out/plan" --set key=points "$@"
		"$seatwise" assign "$district" --out "$out/other" --set decide=deferred "$@"
		"$seatwise" verify "$district" "$out/plan" "$@"
		"$seatwise" explain "$district" "$out/plan" --school S001 "$@"
		"$seatwise" explain "$district" "$out/plan" --zone Z0001 "$@"
		"$seatwise" explain "$district" "$out/plan" --student SECRETID100003 "$@"
		"$seatwise" explain "$district" "$out/plan" --student SECRETID999999 "$@"
		"$seatwise" compare "$out/plan" "$out/other" --out "$out/compared"
		"$seatwise" matrix "$district" --out "$out/matrix" "$@"
		"$seatwise" model "$district" --out "$out/model" "$@"
	} >"$out/log" 2>&1
}

# found NAME PATTERN: the files of a run that have it.
found() {
	(cd "$scratch/$1" && grep -rlE "$2" . | LC_ALL=C sort | tr '\n' ' ')
}

# none WORDS NAME PATTERN [FILES]: nothing but FILES has it.
none() {
	if [ "$(found "$2" "$3")" = "${4:-}" ]; then
		pass
	else
		fail "$1 in $(found "$2" "$3")"
	fi
}

children "$scratch/district"
run plain "$scratch/district"
run pseudonyms "$scratch/district" --pseudonyms "$key"
for name in plain pseudonyms; do
	if grep -q '^children: .*: holds$' "$scratch/$name/log" &&
		[ -s "$scratch/$name/compared/kpis.csv" ] &&
		grep -q '^The child comes to grade' "$scratch/$name/log"; then
		pass
	else
		fail "$name: not all commands did their work"
		sed 's/^/    /' "$scratch/$name/log" | head -n 40
	fi
	none "$name: names" $name 'SECRETNAME'
	none "$name: households" $name 'SECRETHOME'
	none "$name: points" $name '104\.?5461|30\.?3968'
	none "$name: the key" $name 'nobody would guess'
done
none 'ids' plain SECRETID "$(for plan in other plan; do
	printf './%s/lottery.csv ./%s/notices.csv ./%s/students.csv ' $plan $plan $plan
done)./plan/waiting.csv "
none 'ids' pseudonyms SECRETID

# Broken rows: what is wrong is said by line, without the id.
mkdir "$scratch/broken"
for edit in '5s/,[0-9]*,resident,/,12,resident,/' '7s/,yes,/,perhaps,/' '9s/$/;S001/' \
	'11s/Z[0-9]*/Z9999/' '13{p;p;}' '20s/SECRETHOME[0-9]*//;20s/,,/,,yes/' \
	'30s/S002;S001/S002;S002/' '31s/,104/,204/' '40s/^SECRETID/SECRETID"/'; do
	rm -rf "$scratch/edited"
	cp -R "$scratch/district" "$scratch/edited"
	sed "$edit" "$scratch/district/students.csv" >"$scratch/edited/students.csv"
	"$seatwise" check "$scratch/edited" >>"$scratch/broken/log" 2>&1
done
if [ "$(grep -c 'students.csv:[0-9]*:[0-9]*: error: ' "$scratch/broken/log")" -ge 7 ]; then
	pass
else
	fail 'broken rows are not reported'
	sed 's/^/    /' "$scratch/broken/log"
fi
none 'ids' broken 'SECRET'
none 'points' broken '104\.?5461|30\.?3968'

# The plan with pseudonyms is that of a table with pseudonyms; without the key, or with another one,
# nobody is found.
if grep -v '"input_hash"' "$scratch/pseudonyms/plan/summary.json" |
	grep -q '"pseudonyms":[[:space:]]*true'; then pass; else fail 'pseudonyms are not told'; fi
"$seatwise" verify "$scratch/district" "$scratch/pseudonyms/plan" >"$scratch/log" 2>&1
if [ $? -eq 3 ] && grep -q -e '--pseudonyms KEYFILE is needed' "$scratch/log"; then
	pass
else
	fail 'verify without the key'
fi
echo 'another key, as good as that one' >"$key"
"$seatwise" verify "$scratch/district" "$scratch/pseudonyms/plan" --pseudonyms "$key" \
	>"$scratch/log" 2>&1
if [ $? -eq 3 ] && grep -q 'this child is not in the district' "$scratch/log"; then
	pass
else
	fail 'verify with another key'
fi
tally
