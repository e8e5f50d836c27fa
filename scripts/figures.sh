# figures.sh - reads figures of a plan's files; other scripts read it with `.`.

# kpi PLAN NAME: a figure of summary.json.
kpi() {
	sed -n "/\"kpis\"/,/}/s/.*\"$2\":[[:space:]]*\([-0-9.]*\),*\$/\1/p" "$1/summary.json"
}

# status PLAN: optimal or feasible.
status() {
	sed -n 's/.*"status":[[:space:]]*"\([a-z]*\)".*/\1/p' "$1/summary.json"
}

# seconds PLAN STAGE: wall-clock seconds of run.json.
seconds() {
	sed -n "/\"seconds\"/,/}/s/.*\"$2\":[[:space:]]*\([0-9.]*\),*\$/\1/p" "$1/run.json" |
		head -n 1
}

# peak PLAN: MB of memory.
peak() {
	sed -n 's/.*"peak_mb":[[:space:]]*\([0-9.]*\),*$/\1/p' "$1/run.json"
}
