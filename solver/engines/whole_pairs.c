#include "solver/engines/whole_parts.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

#define NEVER (INT64_MAX / 4)

/* Two stations whose lumps are split among them anew, and who is where. */
struct pairing {
	struct whole *whole;
	struct layout *layout;
	size_t *first_member; /* n_stations + 1 */
	size_t *member;       /* lumps, by station */
	size_t first, second;
	size_t *lumps;        /* n: that may go to both */
	uint32_t *before;     /* n: their ways as they were */
	size_t n;
	int64_t base[2];      /* pupils at each who may not go to the other */
	int64_t free;         /* pupils of the lumps */
	int64_t *cost;        /* by pupils at the first: the least of the ways so far */
	unsigned char *taken; /* [lump][pupils]: whether the lump is at the first then */
	size_t taken_room, cost_room;
	unsigned *changed;    /* round in which a station last changed */
	unsigned char *near;  /* of each station: whether lumps of another one are near to it */
};

static void list_members(struct pairing *pairing)
{
	const struct whole *whole = pairing->whole;
	size_t n = whole->n_stations;
	size_t *first = pairing->first_member;

	memset(first, 0, (n + 1) * sizeof *first);
	for (size_t i = 0; i < whole->n_lumps; i++) {
		size_t s = whole_station(whole, pairing->layout, i);

		if (s != SIZE_MAX)
			first[s]++;
	}
	for (size_t s = 1; s <= n; s++)
		first[s] += first[s - 1];
	for (size_t i = whole->n_lumps; i-- > 0;) {
		size_t s = whole_station(whole, pairing->layout, i);

		if (s != SIZE_MAX)
			pairing->member[--first[s]] = i;
	}
}

static void collect_from(struct pairing *pairing, size_t station)
{
	const struct whole *whole = pairing->whole;

	for (size_t i = pairing->first_member[station]; i < pairing->first_member[station + 1];
	     i++) {
		size_t lump = pairing->member[i];

		if (whole_way_to(whole, lump, pairing->first) == NO_WAY ||
		    whole_way_to(whole, lump, pairing->second) == NO_WAY) {
			pairing->base[station == pairing->second] += whole->lumps[lump].size;
			continue;
		}
		pairing->before[pairing->n] = pairing->layout->way[lump];
		pairing->lumps[pairing->n++] = lump;
		pairing->free += whole->lumps[lump].size;
	}
}

/* Lump by lump: it goes to the first station, or to the second one. */
static void add_lump(struct pairing *pairing, size_t which, int64_t room)
{
	const struct whole *whole = pairing->whole;
	size_t lump = pairing->lumps[which];
	int64_t size = whole->lumps[lump].size;
	int64_t here = whole_way_cost(whole, lump, whole_way_to(whole, lump, pairing->first));
	int64_t there = whole_way_cost(whole, lump, whole_way_to(whole, lump, pairing->second));
	unsigned char *taken = &pairing->taken[which * (size_t)(room + 1)];

	for (int64_t load = room; load >= 0; load--) {
		int64_t with = load >= size ? pairing->cost[load - size] + here : NEVER;
		int64_t without = pairing->cost[load] + there;

		taken[load] = with < without;
		pairing->cost[load] = with < without ? with : without;
		if (pairing->cost[load] > NEVER)
			pairing->cost[load] = NEVER;
	}
}

/* The pupils of the lumps that are best at the first station; -1: there is no way. */
static int64_t best_load(const struct pairing *pairing, int64_t room)
{
	const struct whole *whole = pairing->whole;
	int64_t best = -1, least = NEVER;

	for (int64_t load = 0; load <= room; load++) {
		int64_t other = pairing->base[1] + pairing->free - load, cost;

		if (pairing->cost[load] >= NEVER || other > whole->stations[pairing->second].spare)
			continue;
		cost = pairing->cost[load] +
		       whole_load_cost(whole, pairing->first, pairing->base[0] + load) +
		       whole_load_cost(whole, pairing->second, other);
		if (cost < least) {
			least = cost;
			best = load;
		}
	}
	return best;
}

static void set_ways(struct pairing *pairing, int64_t load, int64_t room)
{
	const struct whole *whole = pairing->whole;

	for (size_t i = pairing->n; i-- > 0;) {
		size_t lump = pairing->lumps[i];
		bool first = pairing->taken[i * (size_t)(room + 1) + (size_t)load];

		layout_move(whole, pairing->layout, lump,
			    whole_way_to(whole, lump, first ? pairing->first : pairing->second));
		if (first)
			load -= whole->lumps[lump].size;
	}
}

/* The table of the least costs by load; false: no lump may be split. */
static bool fill_table(struct pairing *pairing, int64_t *room)
{
	int64_t most = pairing->whole->stations[pairing->first].spare - pairing->base[0];

	*room = most < pairing->free ? most : pairing->free;
	if (pairing->n == 0 || *room < 0)
		return false;
	pairing->cost = memory_grow(pairing->cost, &pairing->cost_room, (size_t)*room + 1,
				    sizeof *pairing->cost);
	pairing->taken = memory_grow(pairing->taken, &pairing->taken_room,
				     pairing->n * (size_t)(*room + 1), 1);
	for (int64_t i = 0; i <= *room; i++)
		pairing->cost[i] = i == 0 ? 0 : NEVER;
	for (size_t i = 0; i < pairing->n; i++)
		add_lump(pairing, i, *room);
	return true;
}

/* Splits the lumps as well as can be; returns whether the layout became better. */
static bool split(struct pairing *pairing)
{
	struct layout *layout = pairing->layout;
	int64_t before = layout->cost, load, room;

	pairing->n = 0;
	pairing->base[0] = pairing->base[1] = pairing->free = 0;
	collect_from(pairing, pairing->first);
	collect_from(pairing, pairing->second);
	if (!fill_table(pairing, &room))
		return false;
	load = best_load(pairing, room);
	if (load < 0)
		return false;
	set_ways(pairing, load, room);
	if (layout->cost < before && layout_fits(pairing->whole, layout)) {
		list_members(pairing);
		return true;
	}
	for (size_t i = 0; i < pairing->n; i++)
		layout_move(pairing->whole, layout, pairing->lumps[i], pairing->before[i]);
	return false;
}

/* Marks the stations near to the lumps of a station. */
static void mark_near(struct pairing *pairing, size_t station)
{
	const struct whole *whole = pairing->whole;

	memset(pairing->near, 0, whole->n_stations);
	for (size_t i = pairing->first_member[station]; i < pairing->first_member[station + 1];
	     i++) {
		const struct lump *lump = &whole->lumps[pairing->member[i]];

		for (size_t j = 0; j < lump->n_near; j++)
			pairing->near[whole->ways[lump->first_way + lump->near[j]].station] = 1;
	}
}

/* All pairs of near stations one of which changed since they were last tried; returns whether one
 * gained. */
static bool round_of_pairs(struct pairing *pairing, unsigned now)
{
	size_t n = pairing->whole->n_stations;
	const unsigned *changed = pairing->changed;
	bool gained = false;

	for (size_t a = 0; a < n && !stop_asked(); a++) {
		mark_near(pairing, a);
		for (size_t b = 0; b < n; b++) {
			if (a == b || !pairing->near[b] ||
			    (changed[a] + 1 < now && changed[b] + 1 < now))
				continue;
			pairing->first = a < b ? a : b;
			pairing->second = a < b ? b : a;
			if (!split(pairing))
				continue;
			pairing->changed[a] = pairing->changed[b] = now;
			gained = true;
		}
	}
	return gained;
}

void whole_pairs(struct whole *whole, struct layout *layout)
{
	struct pairing pairing = {.whole = whole, .layout = layout};
	unsigned now = 1;

	if (!layout_fits(whole, layout))
		return;
	pairing.first_member = memory_array(whole->n_stations + 1, sizeof(size_t));
	pairing.member = memory_array(whole->n_lumps, sizeof *pairing.member);
	pairing.lumps = memory_array(whole->n_lumps, sizeof *pairing.lumps);
	pairing.before = memory_array(whole->n_lumps, sizeof *pairing.before);
	pairing.changed = memory_array(whole->n_stations, sizeof *pairing.changed);
	pairing.near = memory_array(whole->n_stations, 1);
	list_members(&pairing);
	while (round_of_pairs(&pairing, now) && !stop_asked())
		now++;
	memory_free(pairing.first_member);
	memory_free(pairing.member);
	memory_free(pairing.lumps);
	memory_free(pairing.before);
	memory_free(pairing.changed);
	memory_free(pairing.near);
	memory_free(pairing.cost);
	memory_free(pairing.taken);
}
