/* Walks over the tree of schools against looking at every school. */
#include <math.h>

#include "inputs/places.h"
#include "small_district.h"

enum { SCHOOLS = 300 };

static uint64_t state;

static double draw(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (double)(state >> 11) * 0x1p-53;
}

/* One zone among schools in clusters, with ties; a third of the distances known. */
static void open_town(struct small *small, struct places *places, size_t *list, bool known)
{
	static struct known_distance pairs[SCHOOLS];
	size_t n = 0;

	small_open(small, 1, SCHOOLS, 1);
	small->district.zones[0].lat = 30.4;
	small->district.zones[0].lon = 104.5;
	for (size_t s = 0; s < SCHOOLS; s++) {
		double spread = s % 4 ? 0.02 : 0.5;

		small->district.schools[s].lat = s % 7 ? 30.4 + spread * (draw() - 0.5) : 30.41;
		small->district.schools[s].lon = s % 7 ? 104.5 + spread * (draw() - 0.5) : 104.49;
		if (known && s % 3 == 0)
			pairs[n++] = (struct known_distance){0, s, (int64_t)(5000 * draw())};
	}
	small->district.known = pairs;
	small->district.n_known = n;
	distances_make(&small->district.arena, &small->district, &small->distances);
	for (n = 0; n < SCHOOLS / 2; n++)
		list[n] = 2 * n;
	places_make(&small->district.arena, &small->distances, list, n, places);
}

struct within {
	int64_t radius;
	const int64_t *least; /* of the nodes: a school's price; NULL: none */
	size_t n, visited;
	int64_t metres[SCHOOLS];
};

static bool enter(void *context, size_t node, int64_t least)
{
	const struct within *within = context;

	return least + (within->least ? within->least[node] : 0) <= within->radius;
}

static void take(void *context, size_t item, int64_t metres)
{
	struct within *within = context;

	cr_assert_eq(within->metres[item], -1, "an item comes twice");
	within->metres[item] = metres;
	within->visited++;
}

static const struct places_visitor visitor = {enter, take};

static void check_within(int64_t radius, bool known)
{
	struct small small;
	struct places places;
	struct within within = {.radius = radius};
	size_t list[SCHOOLS];

	open_town(&small, &places, list, known);
	for (size_t i = 0; i < SCHOOLS; i++)
		within.metres[i] = -1;
	places_walk(&places, 0, &visitor, &within);
	for (size_t i = 0; i < places.n; i++) {
		int64_t metres = distance_metres(&small.distances, 0, list[i]);

		if (metres <= radius)
			cr_assert_eq(within.metres[i], metres);
		else
			cr_assert(within.metres[i] == -1 || within.metres[i] == metres);
	}
	if (radius < 1000 && !known)
		cr_assert_lt(within.visited, places.n / 2);
	small_close(&small);
}

Test(places, finds_all_within_a_radius)
{
	state = 5;
	for (int i = 0; i < 200; i++)
		check_within(i * i, i % 2);
}

Test(places, keeps_the_least_of_each_node)
{
	struct small small;
	struct places places;
	size_t list[SCHOOLS];
	int64_t price[SCHOOLS], least[2 * SCHOOLS];

	state = 6;
	open_town(&small, &places, list, false);
	for (size_t i = 0; i < places.n; i++)
		price[i] = (int64_t)(1000 * draw());
	places_least(&places, price, least);
	for (size_t node = 0; node < places.n_nodes; node++)
		for (uint32_t k = places.nodes[node].first; k < places.nodes[node].end; k++)
			cr_assert_leq(least[node], price[places.order[k]]);
	for (size_t i = 0; i < places.n; i++)
		cr_assert_leq(least[0], price[i]);
	small_close(&small);
}

/* Where missing distances mean no way, only known ones are visited. */
Test(places, leaves_out_what_is_unreachable)
{
	struct small small;
	struct places places;
	struct known_distance pair = {0, 1, 70};
	size_t list[] = {0, 1, 2};
	struct within within = {.radius = 100000, .metres = {-1, -1, -1}};

	small_open(&small, 1, 3, 1);
	small.district.settings.distance_missing = DISTANCE_UNREACHABLE;
	small.district.known = &pair;
	small.district.n_known = 1;
	distances_make(&small.district.arena, &small.district, &small.distances);
	places_make(&small.district.arena, &small.distances, list, 3, &places);
	places_walk(&places, 0, &visitor, &within);
	cr_assert_eq(within.visited, 1);
	cr_assert_eq(within.metres[1], 70);
	small_close(&small);
}
