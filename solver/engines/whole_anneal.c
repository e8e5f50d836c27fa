#include "solver/engines/whole_parts.h"

#include <math.h>

#include "inputs/base/memory.h"
#include "solver/stop.h"

enum {
	DRAWS = 1024,        /* values of an exponential variate to choose from */
	STAGES = 256,        /* temperatures, from hot to cold */
	MOST_DEARER = 1000   /* times that what is too much may cost in the end */
};

/* The lumps at each station, in no order. */
struct members {
	uint32_t *all;
	size_t n, room;
};

struct annealing {
	struct whole *whole;
	struct layout *layout;
	struct layout *kept;  /* the best that fits, at the end of a stage */
	struct members *members;
	size_t *place;        /* of a lump among its station's members */
	double draws[DRAWS];
	double temperature;
	int64_t overload;     /* of the whole, as it was */
};

/* -log(x) for 0 < x <= 1: halves and the series of the inverse hyperbolic tangent, so that it is
 * the same on every machine. */
static double minus_log(double x)
{
	double z, power, sum = 0;

	for (; x < 0.5; x *= 2)
		sum += 0x1.62e42fefa39efp-1;
	z = (1 - x) / (1 + x);
	power = z;
	for (int i = 1; i < 30; i += 2, power *= z * z)
		sum += 2 * power / i;
	return sum;
}

static bool accepted(struct annealing *annealing, int64_t gain)
{
	size_t i;

	if (gain <= 0)
		return true;
	i = (size_t)(chance_next(&annealing->whole->chance) % DRAWS);
	return (double)gain < annealing->temperature * annealing->draws[i];
}

static void leave(struct annealing *annealing, size_t lump, size_t station)
{
	struct members *members;

	if (station == SIZE_MAX)
		return;
	members = &annealing->members[station];
	members->all[annealing->place[lump]] = members->all[--members->n];
	annealing->place[members->all[annealing->place[lump]]] = annealing->place[lump];
}

static void enter(struct annealing *annealing, size_t lump, size_t station)
{
	struct members *members;

	if (station == SIZE_MAX)
		return;
	members = &annealing->members[station];
	members->all = memory_grow(members->all, &members->room, members->n + 1,
				   sizeof *members->all);
	annealing->place[lump] = members->n;
	members->all[members->n++] = (uint32_t)lump;
}

static void move(struct annealing *annealing, size_t lump, uint32_t way)
{
	const struct whole *whole = annealing->whole;

	leave(annealing, lump, whole_station(whole, annealing->layout, lump));
	layout_move(whole, annealing->layout, lump, way);
	enter(annealing, lump, whole_station(whole, annealing->layout, lump));
}

static void try_shift(struct annealing *annealing, size_t lump, uint32_t way)
{
	if (accepted(annealing,
		     layout_gain(annealing->whole, annealing->layout, lump, way)))
		move(annealing, lump, way);
}

/* What a swap gains where no side row is active. */
static int64_t swap_gain(const struct annealing *annealing, size_t a, uint32_t way_of_a, size_t b,
			 uint32_t way_of_b)
{
	const struct whole *whole = annealing->whole;
	const struct layout *layout = annealing->layout;
	size_t from = whole_station(whole, layout, a), to = whole_station(whole, layout, b);
	int64_t more = whole->lumps[a].size - whole->lumps[b].size;
	int64_t gain = whole_way_cost(whole, a, way_of_a) + whole_way_cost(whole, b, way_of_b) -
		       whole_way_cost(whole, a, layout->way[a]) -
		       whole_way_cost(whole, b, layout->way[b]);

	if (more == 0)
		return gain;
	return gain + whole_load_cost(whole, from, layout->load[from] - more) -
	       whole_load_cost(whole, from, layout->load[from]) +
	       whole_load_cost(whole, to, layout->load[to] + more) -
	       whole_load_cost(whole, to, layout->load[to]);
}

/* A swap by two moves, the first of which is taken back. */
static int64_t swap_gain_by_moves(struct annealing *annealing, size_t a, uint32_t way_of_a,
				  size_t b, uint32_t way_of_b)
{
	const struct whole *whole = annealing->whole;
	struct layout *layout = annealing->layout;
	uint32_t before = layout->way[a];
	int64_t gain = layout_gain(whole, layout, a, way_of_a);

	layout_move(whole, layout, a, way_of_a);
	gain += layout_gain(whole, layout, b, way_of_b);
	layout_move(whole, layout, a, before);
	return gain;
}

/* Swaps the lump with another one at the end of the way, if that may go back. */
static void try_swap(struct annealing *annealing, size_t lump, uint32_t way)
{
	struct whole *whole = annealing->whole;
	size_t from = whole_station(whole, annealing->layout, lump), other;
	size_t to = whole->ways[whole->lumps[lump].first_way + way].station;
	const struct members *members = &annealing->members[to];
	uint32_t back;
	int64_t gain;

	if (members->n == 0)
		return;
	other = members->all[chance_below(&whole->chance, members->n)];
	back = from == SIZE_MAX ? NO_WAY : whole_way_to(whole, other, from);
	if (back == NO_WAY && from != SIZE_MAX)
		return;
	if (whole->n_rows > 0 || from == SIZE_MAX)
		gain = swap_gain_by_moves(annealing, lump, way, other, back);
	else
		gain = swap_gain(annealing, lump, way, other, back);
	if (!accepted(annealing, gain))
		return;
	move(annealing, lump, way);
	move(annealing, other, back);
}

static void step(struct annealing *annealing)
{
	struct whole *whole = annealing->whole;
	size_t lump = chance_below(&whole->chance, whole->n_lumps);
	const struct lump *here = &whole->lumps[lump];
	size_t choice = chance_below(&whole->chance, 2 * here->n_near + 1);
	uint32_t way = choice == 2 * here->n_near ? NO_WAY : here->near[choice / 2];

	if (way == annealing->layout->way[lump])
		return;
	if (choice % 2 == 1)
		try_swap(annealing, lump, way);
	else
		try_shift(annealing, lump, way);
}

static void open_annealing(struct annealing *annealing, struct whole *whole, struct layout *layout)
{
	*annealing = (struct annealing){.whole = whole, .layout = layout,
					.kept = layout_new(whole),
					.overload = whole->overload};
	annealing->members = memory_array(whole->n_stations, sizeof *annealing->members);
	annealing->place = memory_array(whole->n_lumps, sizeof *annealing->place);
	layout_count(whole, layout);
	layout_copy(whole, annealing->kept, layout);
	for (size_t i = 0; i < whole->n_lumps; i++)
		enter(annealing, i, whole_station(whole, layout, i));
	for (size_t i = 0; i < DRAWS; i++)
		annealing->draws[i] = minus_log(((double)i + 0.5) / DRAWS);
}

static void close_annealing(struct annealing *annealing)
{
	for (size_t s = 0; s < annealing->whole->n_stations; s++)
		memory_free(annealing->members[s].all);
	memory_free(annealing->members);
	memory_free(annealing->place);
	layout_free(annealing->kept);
}

/* Keeps the layout of a stage if it is the best that fits; where it does not fit, what is too much
 * costs more from now on. */
static void end_stage(struct annealing *annealing)
{
	struct whole *whole = annealing->whole;

	if (!layout_fits(whole, annealing->layout)) {
		if (whole->overload < annealing->overload * MOST_DEARER)
			whole->overload += whole->overload / 16 + 1;
		layout_count(whole, annealing->layout);
	} else if (!layout_fits(whole, annealing->kept) ||
		   annealing->layout->cost < annealing->kept->cost) {
		layout_copy(whole, annealing->kept, annealing->layout);
	}
}

void whole_anneal(struct whole *whole, struct layout *layout, const struct cooling *cooling)
{
	struct annealing annealing;
	double factor = exp2(log2(cooling->cold / cooling->hot) / (STAGES - 1));

	if (whole->n_lumps == 0)
		return;
	open_annealing(&annealing, whole, layout);
	annealing.temperature = cooling->hot;
	for (int stage = 0; stage < STAGES && !stop_asked(); stage++) {
		for (uint64_t i = 0; i < cooling->steps / STAGES; i++)
			step(&annealing);
		end_stage(&annealing);
		annealing.temperature *= factor;
	}
	whole->overload = annealing.overload;
	if (layout_fits(whole, annealing.kept))
		layout_copy(whole, layout, annealing.kept);
	layout_count(whole, layout);
	close_annealing(&annealing);
}
