/* solver/engines/counted_parts.h - what the files of the count of large classes share. */
#ifndef SEATWISE_COUNTED_PARTS_H
#define SEATWISE_COUNTED_PARTS_H

#include "solver/engines/counted.h"
#include "solver/engines/pure_parts.h"

/* The count that binds: the only term of its level. */
struct count_term {
	size_t level;
	bool oversized;
	bool none_oversized;  /* of a count of large classes: no class may become oversized */
	int64_t per_class;    /* pupils of a full class beyond the most that do not count */
};

/* What is decided of an offering. */
enum counted_state { COUNTED_FREE, COUNTED_OPENED, COUNTED_SHUT };

/* An offering in the count: its load up to `base` makes no class large, and then `width` pupils
 * more make up to `rise` ones so, one each at first. */
struct counted_station {
	int64_t base, width, rise;
	int64_t slack;        /* the first of width, whom the hub need not take */
	int64_t cost;         /* of one of width in all levels; not below those before */
	size_t n_base;        /* tiers to the root before those of width */
	enum counted_state state;
	int64_t least, most;  /* large classes while it is shut */
	size_t cluster;       /* the least one that has it, or NONE */
	int64_t load;         /* after a solve */
};

/* Offerings of a town: their share of the hub passes a hub of their own. */
struct counted_cluster {
	size_t parent;        /* the next larger one, or NONE */
	int64_t rise;         /* of all its offerings */
	int64_t least, most;  /* large classes that they have together */
	int64_t taken;        /* after a solve: of the hub, in pupils */
};

/* A part of a block that shares no pupils with the rest of it. */
struct counted_part {
	size_t *batches, *offerings; /* of the program; ascending */
	size_t n_batches, n_offerings;
};

/* A plan of a part. */
struct counted_plan {
	bool found;
	int64_t *value;       /* n_levels: as in struct counted */
	int64_t classes;
	struct flows flows;
};

/*
 * The network of a part. Behind its own batches it has for each station one that takes an opened
 * station's share of the hub, and one that takes what partial loads waste; and one for each cluster
 * that fills up what its least classes take. Behind its own stations it has the hub and the hubs of
 * clusters.
 */
struct counted {
	struct pure pure;
	struct count_term term;
	struct counted_station *stations;
	struct counted_cluster *clusters;
	size_t n_clusters;
	int64_t missing;      /* the cost of what may not be: more than all levels together */
	int64_t most_classes; /* the hub's capacity; -1: any, at a cost */
	int64_t wasted;       /* pupils of that capacity that may stay unused */
	int64_t *kept;        /* n_levels: a plan is not above it at those before the count's */
	int64_t *unplaced;    /* n_batches x n_levels */
	/* prices at a time when every pair that is no lane cost more than `reach` above them: */
	int64_t *station_mark, *batch_mark;
	int64_t reach;        /* -1: there was no such time */
	/* of the last solution: */
	int64_t *value;       /* n_levels, without those who stay; the count's own level is 0 */
	int64_t lacking;      /* units of what may not be */
	int64_t classes;      /* counted exactly */
	int64_t excess;       /* pupils that the hub takes */
	int64_t *left;        /* room: units of each batch not sent */
	struct counted_plan best;
	size_t solved;        /* networks */
};

/* --- stations and batches of the network beside the part's own ------------------------------- */

static inline size_t hub_of(const struct counted *counted)
{
	return counted->pure.n_stations;
}

static inline size_t share_of(const struct counted *counted, size_t station)
{
	return counted->pure.n_batches + station;
}

static inline size_t waste_of(const struct counted *counted, size_t station)
{
	return counted->pure.n_batches + counted->pure.n_stations + station;
}

static inline size_t filler_of(const struct counted *counted, size_t cluster)
{
	return counted->pure.n_batches + 2 * counted->pure.n_stations + cluster;
}

/* The hub of a cluster, or of all (NONE). */
static inline size_t hub_of_cluster(const struct counted *counted, size_t cluster)
{
	return cluster == NONE ? hub_of(counted) : hub_of(counted) + 1 + cluster;
}

/* --- clusters (counted_clusters.c) ------------------------------------------------------------ */

/* Finds the clusters of stations that are measured. */
void counted_find_clusters(struct counted *counted);

/* --- the network (counted_network.c) ---------------------------------------------------------- */

/* False: costs do not fit. Lanes begin with those that are cheapest at the prices of `priced`. The
 * caller closes it in either case. */
bool counted_open(struct counted *counted, const struct block *block,
		  const struct count_term *term, const struct counted_part *part,
		  struct pure *priced);
void counted_close(struct counted *counted);

/* From now on at most so many large classes; `wasted`: pupils that the hub may take less than
 * per_class for each. -1: as many as it costs. */
void counted_limit(struct counted *counted, int64_t classes, int64_t wasted);

void counted_decide(struct counted *counted, size_t station, enum counted_state state);

/* Most large classes that an offering may have while it is shut, for what they waste. */
int64_t counted_most(const struct counted *counted, size_t station);

/* Between `least` and `most` large classes while the station is shut. */
void counted_bound(struct counted *counted, size_t station, int64_t least, int64_t most);

/* Between `least` and `most` large classes in all offerings of a cluster. */
void counted_bound_cluster(struct counted *counted, size_t cluster, int64_t least, int64_t most);

/* --- solving it (counted_solve.c) ------------------------------------------------------------- */

/* Makes lanes of all pairs that cost little at the prices of the last solution, so that the next
 * ones need not look at all pairs again as long as prices stay near. */
void counted_mark(struct counted *counted);

/* Minimises over all pairs and measures the solution; false: a limit came. */
bool counted_minimise(struct counted *counted);

/* Large classes of a station at its load, and what the hub takes less than per_class for each. */
int64_t counted_classes(const struct counted_station *station);
int64_t counted_waste(const struct counted *counted, const struct counted_station *station);

/* -1, 0 or 1: the last solution, what may not be first, against values of the levels. */
int counted_compare(const struct counted *counted, const int64_t *value);

/* Whether the last solution may not be: something lacks, or a kept level is above its value. */
bool counted_breaks(const struct counted *counted);

/* Takes the last solution as the best plan if it is one, and better. Returns whether it was. */
bool counted_take(struct counted *counted);

/* Takes the part's flows among these as the best plan, if they are one. */
void counted_adopt(struct counted *counted, const struct flows *flows);

/* --- plans (counted_round.c) ------------------------------------------------------------------ */

/* Plans from the solution at the root: offerings are opened as far as the classes go, where the
 * hub takes most; then opened ones and shut ones change places as long as that helps. */
void counted_round(struct counted *counted);

/* Fewest classes that let the hub take so many pupils, whatever the ways are: whole offerings, and
 * single classes for the rest. */
int64_t counted_fewest(const struct counted *counted, int64_t pupils);

/* --- search (counted_search.c) ---------------------------------------------------------------- */

struct counted_search {
	struct counted *counted;
	size_t most_solved;   /* networks, before it gives up; 0: any number */
	bool stopped, open;   /* a limit came, or a node had nothing to branch on */
	bool bounded;         /* some node is left, and `bound` is the least of them */
	int64_t *bound;       /* n_levels */
};

/* Branch and bound from the root, where all is free and was just minimised; decisions are left as
 * they come. */
void counted_search(struct counted_search *search);

#endif
