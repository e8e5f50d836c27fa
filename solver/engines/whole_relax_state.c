#include "solver/engines/whole_relax_parts.h"

#include <math.h>
#include <string.h>

#include "inputs/base/memory.h"

#define MOST_VALUE 0x1p56      /* what no scaled sum reaches */
#define MOST_SCALE 1024

/* --- stating it ------------------------------------------------------------------------------ */

/* What a level may still cost above those who stay. */
static int64_t left_of(const struct whole *whole, size_t level, const int64_t *values)
{
	int64_t left = values[level];

	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		if (whole->block->grades[g])
			left -= program_constant(whole->program, level, g);
	return left;
}

/* What is charged for each unit of a kept level, >= 0. */
static double price_of_level(const struct linear *linear, size_t level)
{
	for (size_t i = 0; i < linear->n_kept; i++)
		if (linear->kept[i].level == level && linear->kept[i].as_row)
			return fmax(0, -linear->dual[linear->kept[i].row]);
	return 0;
}

/* What is charged for each unit of a side row, >= 0. */
static double price_of_row(const struct whole *whole, const struct linear *linear, size_t row)
{
	int here = linear->side_row[whole->rows[row].side];

	return here ? fmax(0, -linear->dual[here]) : 0;
}

static int64_t unit_cost(const struct whole *whole, size_t level, const struct lump *lump,
			 uint32_t way)
{
	if (way == NO_WAY)
		return program_unplaced_cost(whole->program, level, lump->batch);
	return program_arc_cost(whole->program, level, lump->batch,
				&whole->ways[lump->first_way + way].arc);
}

/* What turns terms of levels into one scaled cost. */
struct charges {
	const struct linear *linear;
	const int64_t *left;  /* of the levels before */
	double *price;        /* of the levels before */
};

/* What the side rows of a way's school charge for it. */
static double row_charges(const struct whole *whole, const struct charges *charges,
			  const struct lump *lump, uint32_t way)
{
	const struct station *station;
	double sum = 0;

	if (way == NO_WAY)
		return 0;
	station = &whole->stations[whole->ways[lump->first_way + way].station];
	for (size_t r = station->first_row; r < station->first_row + station->n_rows; r++)
		sum += price_of_row(whole, charges->linear, r) *
		       (double)whole_coefficient(whole, r, (size_t)(lump - whole->lumps));
	return sum;
}

/* Scaled cost of a lump's way; false where a kept level forbids it. */
static bool charged_cost(const struct relaxation *relaxation, const struct charges *charges,
			 const struct lump *lump, uint32_t way, int64_t *charged)
{
	const struct whole *whole = relaxation->whole;
	double more = row_charges(whole, charges, lump, way);
	int64_t cost;

	if (way != NO_WAY && whole->ways[lump->first_way + way].reduced >= FORBIDDEN)
		return false;
	for (size_t k = 0; k < relaxation->level; k++) {
		cost = unit_cost(whole, k, lump, way);
		if (cost > charges->left[k])
			return false;
		more += charges->price[k] * (double)cost;
	}
	cost = unit_cost(whole, relaxation->level, lump, way);
	*charged = cost * relaxation->scale + (int64_t)floor(more * (double)relaxation->scale);
	return true;
}

static void add_pair(struct relaxation *relaxation, const struct charges *charges, uint32_t way)
{
	struct item *item = &relaxation->items[relaxation->n_items];
	const struct lump *lump = &relaxation->whole->lumps[item->lump];
	int64_t cost;

	if (!charged_cost(relaxation, charges, lump, way, &cost))
		return;
	relaxation->pairs[relaxation->n_pairs++] = (struct pair){
		(uint32_t)relaxation->n_items,
		way == NO_WAY ? NO_STATION : relaxation->whole->ways[lump->first_way + way].station,
		way, cost};
	item->n++;
}

static void add_items(struct relaxation *relaxation, const struct charges *charges)
{
	const struct whole *whole = relaxation->whole;

	for (size_t i = 0; i < whole->n_lumps; i++) {
		const struct lump *lump = &whole->lumps[i];

		if (i > 0 && whole->lumps[i - 1].batch == lump->batch)
			continue;
		relaxation->items[relaxation->n_items] = (struct item){
			.lump = i, .size = lump->size, .first = relaxation->n_pairs,
			.units = whole->program->batches[lump->batch].units};
		for (uint32_t j = 0; j < lump->n_ways; j++)
			add_pair(relaxation, charges, j);
		add_pair(relaxation, charges, NO_WAY);
		relaxation->n_items++;
	}
}

/* The station of a pair, or the one behind the last: unplaced. */
static size_t station_of(const struct relaxation *relaxation, size_t pair)
{
	uint32_t station = relaxation->pairs[pair].station;

	return station == NO_STATION ? relaxation->n_stations : station;
}

static void list_by_station(struct relaxation *relaxation)
{
	size_t n = relaxation->n_stations, *next;

	relaxation->first_of = memory_array(n + 2, sizeof *relaxation->first_of);
	relaxation->by_station = memory_array(relaxation->n_pairs, sizeof(size_t));
	for (size_t p = 0; p < relaxation->n_pairs; p++)
		relaxation->first_of[station_of(relaxation, p) + 1]++;
	for (size_t s = 0; s <= n; s++)
		relaxation->first_of[s + 1] += relaxation->first_of[s];
	next = memory_array(n + 1, sizeof *next);
	for (size_t p = 0; p < relaxation->n_pairs; p++) {
		size_t s = station_of(relaxation, p);

		relaxation->by_station[relaxation->first_of[s] + next[s]++] = p;
	}
	memory_free(next);
}

/* Loads of a station up to the first that a kept level forbids, and what they cost. */
static void add_loads(struct relaxation *relaxation, const struct charges *charges, size_t s)
{
	const struct whole *whole = relaxation->whole;
	const struct seats *seats = &whole->program->seats[whole->stations[s].offering];
	int64_t *sums = memory_array(relaxation->level + 1, sizeof *sums), load = 0;
	int64_t *cost = memory_array((size_t)whole->stations[s].spare + 1, sizeof *cost);
	bool open = true;

	for (size_t i = 0; i < seats->n_tiers; i++)
		for (int64_t j = 0; open && j < seats->tiers[i].width; j++) {
			double more = 0;

			for (size_t k = 0; k <= relaxation->level; k++)
				sums[k] += program_tier_cost(whole->program, k, &seats->tiers[i]);
			for (size_t k = 0; k < relaxation->level; k++) {
				open &= sums[k] <= charges->left[k];
				more += charges->price[k] * (double)sums[k];
			}
			if (open)
				cost[++load] = sums[relaxation->level] * relaxation->scale +
					       (int64_t)floor(more * (double)relaxation->scale);
		}
	relaxation->room[s] = load;
	relaxation->load_cost[s] = cost;
	memory_free(sums);
}

static int64_t scale_for(size_t level, const int64_t *values)
{
	int64_t scale = MOST_SCALE;

	while (scale > 1 && (double)values[level] * (double)scale * 16 > MOST_VALUE)
		scale /= 2;
	return scale;
}

/* Pupils who must be placed and for whom all other stations together have no room. */
static void find_least(struct relaxation *relaxation)
{
	int64_t placed = 0, room = 0;

	for (size_t i = 0; i < relaxation->n_items; i++) {
		const struct item *item = &relaxation->items[i];

		if (item->n == 0 ||
		    relaxation->pairs[item->first + item->n - 1].station != NO_STATION)
			placed += item->units * item->size;
	}
	for (size_t s = 0; s < relaxation->n_stations; s++)
		room += relaxation->room[s];
	for (size_t s = 0; s < relaxation->n_stations; s++) {
		int64_t least = placed - (room - relaxation->room[s]);

		relaxation->least[s] = least > 0 ? least : 0;
	}
}

/* The constant: those who stay, and what may be spent on kept levels that are charged for. */
static void set_constant(struct relaxation *relaxation, const struct charges *charges,
			 const int64_t *values)
{
	const struct whole *whole = relaxation->whole;
	size_t level = relaxation->level;
	double charged = 0;

	for (size_t k = 0; k < level; k++)
		charged += charges->price[k] * (double)charges->left[k];
	for (size_t r = 0; r < whole->n_rows; r++)
		charged += price_of_row(whole, charges->linear, r) * (double)whole->rows[r].limit;
	relaxation->constant =
		(values[level] - left_of(whole, level, values)) * relaxation->scale -
		(int64_t)ceil(charged * (double)relaxation->scale);
}

struct relaxation *relaxation_open(const struct whole *whole, const struct linear *linear,
				   size_t level, const int64_t *values)
{
	struct relaxation *relaxation = memory_array(1, sizeof *relaxation);
	int64_t *left = memory_array(level + 1, sizeof *left);
	struct charges charges = {linear, left, memory_array(level + 1, sizeof(double))};

	*relaxation = (struct relaxation){.whole = whole, .level = level,
					  .n_stations = whole->n_stations,
					  .scale = scale_for(level, values)};
	relaxation->aim = values[level] * relaxation->scale;
	for (size_t k = 0; k < level; k++) {
		left[k] = left_of(whole, k, values);
		charges.price[k] = price_of_level(linear, k);
	}
	relaxation->items = memory_array(whole->n_lumps, sizeof *relaxation->items);
	relaxation->pairs = memory_array(whole->n_ways + whole->n_lumps,
					 sizeof *relaxation->pairs);
	add_items(relaxation, &charges);
	list_by_station(relaxation);
	relaxation->room = memory_array(whole->n_stations, sizeof *relaxation->room);
	relaxation->load_cost = memory_array(whole->n_stations, sizeof *relaxation->load_cost);
	for (size_t s = 0; s < whole->n_stations; s++)
		add_loads(relaxation, &charges, s);
	relaxation->least = memory_array(whole->n_stations, sizeof *relaxation->least);
	find_least(relaxation);
	set_constant(relaxation, &charges, values);
	relaxation->knapsack = memory_array(1, sizeof *relaxation->knapsack);
	relaxation->knapsack->inside = memory_array(relaxation->n_pairs, sizeof(int64_t));
	relaxation->knapsack->outside = memory_array(relaxation->n_pairs, sizeof(int64_t));
	relaxation->climber = climber_open(relaxation);
	memory_free(left);
	memory_free(charges.price);
	return relaxation;
}

void relaxation_close(struct relaxation *relaxation)
{
	if (!relaxation)
		return;
	for (size_t s = 0; s < relaxation->n_stations; s++)
		memory_free(relaxation->load_cost[s]);
	memory_free(relaxation->load_cost);
	memory_free(relaxation->room);
	memory_free(relaxation->least);
	memory_free(relaxation->items);
	memory_free(relaxation->pairs);
	memory_free(relaxation->first_of);
	memory_free(relaxation->by_station);
	memory_free(relaxation->knapsack->taken);
	memory_free(relaxation->knapsack->table);
	memory_free(relaxation->knapsack->before);
	memory_free(relaxation->knapsack->reached);
	memory_free(relaxation->knapsack->inside);
	memory_free(relaxation->knapsack->outside);
	memory_free(relaxation->knapsack);
	climber_close(relaxation->climber);
	memory_free(relaxation);
}

/* --- boxes ----------------------------------------------------------------------------------- */

struct box *box_new(const struct relaxation *relaxation)
{
	struct box *box = memory_array(1, sizeof *box);

	box->low = memory_array(relaxation->n_pairs, sizeof *box->low);
	box->high = memory_array(relaxation->n_pairs, sizeof *box->high);
	box->price = memory_array(relaxation->n_items, sizeof *box->price);
	for (size_t p = 0; p < relaxation->n_pairs; p++)
		box->high[p] = (int32_t)relaxation->items[relaxation->pairs[p].item].units;
	box->bound = INT64_MIN;
	return box;
}

void box_free(struct box *box)
{
	if (!box)
		return;
	memory_free(box->low);
	memory_free(box->high);
	memory_free(box->price);
	memory_free(box);
}

void box_copy(const struct relaxation *relaxation, struct box *to, const struct box *from)
{
	memcpy(to->low, from->low, relaxation->n_pairs * sizeof *to->low);
	memcpy(to->high, from->high, relaxation->n_pairs * sizeof *to->high);
	memcpy(to->price, from->price, relaxation->n_items * sizeof *to->price);
	to->bound = from->bound;
}

void relaxation_shrink(struct relaxation *relaxation, struct box *box)
{
	size_t kept = 0, p = 0;

	for (size_t i = 0; i < relaxation->n_items; i++) {
		struct item *item = &relaxation->items[i];
		size_t end = item->first + item->n;

		for (p = item->first, item->first = kept; p < end; p++) {
			if (box->high[p] == 0)
				continue;
			relaxation->pairs[kept] = relaxation->pairs[p];
			box->low[kept] = box->low[p];
			box->high[kept++] = box->high[p];
		}
		item->n = kept - item->first;
	}
	relaxation->n_pairs = kept;
	memory_free(relaxation->first_of);
	memory_free(relaxation->by_station);
	list_by_station(relaxation);
}

struct chosen *chosen_new(const struct relaxation *relaxation)
{
	struct chosen *chosen = memory_array(1, sizeof *chosen);

	chosen->units = memory_array(relaxation->n_pairs, sizeof *chosen->units);
	chosen->value = memory_array(relaxation->n_stations + 1, sizeof *chosen->value);
	chosen->missing = memory_array(relaxation->n_items, sizeof *chosen->missing);
	return chosen;
}

void chosen_free(struct chosen *chosen)
{
	if (!chosen)
		return;
	memory_free(chosen->units);
	memory_free(chosen->missing);
	memory_free(chosen->value);
	memory_free(chosen);
}
