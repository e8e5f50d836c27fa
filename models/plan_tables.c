#include "models/plan_tables.h"

#include "inputs/columns.h"
#include "models/reach.h"
#include "models/table_check.h"

static size_t n_offerings(const struct checking *checking)
{
	return checking->plan->district->n_offerings;
}

static size_t find_offering(const struct checking *checking, const char *id, const char *grade)
{
	const struct district *district = checking->plan->district;
	size_t school = district_school(district, id);

	return school == NONE ? NONE : audit_offering(district, school, grade_of(grade));
}

static void expect_offering(struct checking *checking, size_t i)
{
	const struct offering *offering = &checking->plan->district->offerings[i];
	const struct audit_offering *figures = &checking->audit->offerings[i];

	want_count(checking, "sections", offering->sections);
	want_count(checking, "enrolled", offering->enrolled);
	want_count(checking, "assigned", figures->assigned);
	want_count(checking, "load", figures->load);
	want_count(checking, "largest_class", figures->largest_class);
	want_count(checking, "over_standard", figures->over_standard);
	want_count(checking, "large_classes", figures->large);
	want_count(checking, "oversized_classes", figures->oversized);
}

/* The tightest cap of a school, and the name of what sets it; INT64_MAX without any. */
static int64_t least_cap(const struct district *district, const struct school *school,
			 const char **name)
{
	const struct settings *settings = &district->settings;
	int64_t least = INT64_MAX;

	if (school->max_pupils != NOT_GIVEN) {
		least = school->max_pupils;
		*name = "max_pupils";
	}
	if (school->floor_m2 != NOT_GIVEN && settings->norm_floor > 0 &&
	    school->floor_m2 / settings->norm_floor < least) {
		least = school->floor_m2 / settings->norm_floor;
		*name = "floor_m2";
	}
	if (school->land_m2 != NOT_GIVEN && settings->norm_land > 0 &&
	    school->land_m2 / settings->norm_land < least) {
		least = school->land_m2 / settings->norm_land;
		*name = "land_m2";
	}
	return least;
}

/* What keeps more pupils from being sent there first: a cap, or the sections. */
static const char *binding_of(const struct district *district, const struct school *school)
{
	int64_t seats = 0, stay = 0;
	const char *name = "sections";
	int64_t cap = least_cap(district, school, &name);

	for (size_t i = 0; i < school->n_offerings; i++) {
		const struct offering *offering =
			&district->offerings[school->first_offering + i];
		int64_t most = offering->sections * district->settings.class_max;

		seats += most > offering->enrolled ? most - offering->enrolled : 0;
		stay += offering->enrolled;
	}
	return seats > (cap > stay ? cap - stay : 0) ? name : "sections";
}

static void expect_capacity(struct checking *checking, size_t i)
{
	const struct district *district = checking->plan->district;
	const struct offering *offering = &district->offerings[i];

	want_count(checking, "sections", offering->sections);
	want_count(checking, "seats_standard", offering->sections * offering->class_size);
	want_count(checking, "seats_large",
		   offering->sections * (district->settings.class_large - 1));
	want_count(checking, "seats_max", offering->sections * district->settings.class_max);
	want_text(checking, "binding",
		  binding_of(district, &district->schools[offering->school]));
}

static size_t n_schools(const struct checking *checking)
{
	return checking->plan->district->n_schools;
}

static size_t find_school(const struct checking *checking, const char *id, const char *none)
{
	(void)none;
	return district_school(checking->plan->district, id);
}

static void expect_school(struct checking *checking, size_t s)
{
	const struct district *district = checking->plan->district;
	const struct audit_school *figures = &checking->audit->schools[s];

	want_count(checking, "load", figures->load);
	want_count(checking, "seats", figures->seats);
	want_ratio(checking, "utilisation", (double)figures->load, figures->seats);
	want_mean_km(checking, "mean_km", figures->ways.metres, figures->ways.pupils);
	want_km(checking, "max_km", figures->ways.longest);
	want_count(checking, "large_classes", figures->large);
	for (size_t g = 0; g < district->n_groups; g++) {
		struct text column = {0};

		text_printf(&column, "share_%s", district->groups[g].id);
		want_ratio(checking, column.data, (double)figures->by_group[g], figures->assigned);
		text_free(&column);
	}
}

static size_t n_groups(const struct checking *checking)
{
	return checking->plan->district->n_groups;
}

static size_t find_group(const struct checking *checking, const char *id, const char *none)
{
	(void)none;
	return district_group(checking->plan->district, id);
}

static void expect_group(struct checking *checking, size_t g)
{
	const struct audit_group *figures = &checking->audit->groups[g];

	want_count(checking, "pupils", figures->pupils);
	want_count(checking, "placed", figures->placed);
	want_count(checking, "unplaced", figures->unplaced);
	want_mean_km(checking, "mean_km", figures->ways.metres, figures->ways.pupils);
	want_km(checking, "p50", figures->ways.p50);
	want_km(checking, "p90", figures->ways.p90);
	want_km(checking, "max_km", figures->ways.longest);
	want_count(checking, "far", figures->far);
	want_ratio(checking, "in_public_share", (double)figures->in_public, figures->placed);
}

static size_t n_zones(const struct checking *checking)
{
	return checking->zones->n;
}

static size_t find_zone(const struct checking *checking, const char *id, const char *grade)
{
	size_t zone = district_zone(checking->plan->district, id);

	return zone == NONE ? NONE : audit_zone_find(checking->zones, zone, grade_of(grade));
}

static void expect_zone(struct checking *checking, size_t i)
{
	const struct audit_zone *figures = &checking->zones->zones[i];

	want_text(checking, "schools", figures->schools);
	want_count(checking, "pupils", figures->pupils);
	want_mean_km(checking, "mean_km", figures->metres, figures->placed);
}

static size_t find_pair(const struct checking *checking, const char *zone_id, const char *id)
{
	const struct distances *distances = checking->plan->distances;
	size_t zone = district_zone(checking->plan->district, zone_id);
	size_t school = district_school(checking->plan->district, id);

	if (zone == NONE || school == NONE ||
	    distance_metres(distances, zone, school) == UNREACHABLE)
		return NONE;
	return zone * distances->n_schools + school;
}

static void expect_pair(struct checking *checking, size_t pair)
{
	want_km(checking, "km", distance_metres(checking->plan->distances,
					      pair / checking->plan->distances->n_schools,
					      pair % checking->plan->distances->n_schools));
}

static const struct compared tables[] = {
	{"offerings.csv", {"school", "grade"}, n_offerings, find_offering, expect_offering},
	{"schools.csv", {"school", NULL}, n_schools, find_school, expect_school},
	{"zones.csv", {"zone", "grade"}, n_zones, find_zone, expect_zone},
	{"groups.csv", {"group", NULL}, n_groups, find_group, expect_group},
	{"capacity.csv", {"school", "grade"}, n_offerings, find_offering, expect_capacity},
	{"distance.csv", {"zone", "school"}, NULL, find_pair, expect_pair},
};

int plan_tables_check(struct arena *arena, const char *folder, const struct audit_plan *plan,
		      const struct audit *audit, size_t *n_tables, struct diags *diags)
{
	struct audit_zones zones;
	int result = 0;

	audit_zones_make(arena, plan, &zones);
	*n_tables = 0;
	for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
		struct checking checking = {.plan = plan, .audit = audit, .zones = &zones,
					    .table = &tables[t], .arena = arena,
					    .diags = diags};
		int found = table_check(&checking, folder);

		*n_tables += found != 1;
		if (found < 0)
			result = -1;
	}
	return result;
}
