/* solver/engines/whole.h - zones that stay whole: a search for good plans, and proofs for them.
 *
 * Where the units of batches are several pupils, a block is a generalised assignment problem: lumps
 * of pupils into offerings with room. The linear program (linear.h) gives a bound and prices for
 * each level; the search anneals over the ways of small reduced cost, splits the lumps of two
 * offerings anew exactly and lets GLPK rearrange a few offerings at a time; the proof is branch and
 * bound on a relaxation that is stronger than the linear one (whole_relax.h). */
#ifndef SEATWISE_WHOLE_H
#define SEATWISE_WHOLE_H

#include "solver/engines/linear.h"

struct whole;

/*
 * The whole-zone engine of a block.
 *
 *   returns  NULL where the block has too many units that go alone; the caller passes it to
 *            whole_close, outside of the guard as well
 *
 * Memory: some 60 bytes a way; of each lump the nearest ways only where there are more than four
 * million, and no proof then.
 */
struct whole *whole_open(const struct block *block);
void whole_close(struct whole *whole);

/*
 * Brings the outcome's plan nearer to the bound of a level, or to it. Called inside guard_run, when
 * `linear` has just solved the level, earlier levels being kept at the plan's values.
 *
 *   outcome  its flows and values are replaced when a plan is better: by flows_value, all levels
 *            in order; never by a worse one
 *   bound    that no plan can be below
 *   thorough from several layouts; or one only, and not at all in a block that is not small
 *
 * It ends by itself: how much it does depends on the size, not on a clock, unless there is a limit.
 */
void whole_search(struct whole *whole, const struct linear *linear, struct outcome *outcome,
		  size_t level, int64_t bound, bool thorough);

/*
 * Proves the plan at a level, or betters it until it can be proven: branch and bound on the
 * relaxation of whole_relax.h. To be called where whole_search is.
 *
 *   outcome  its bound of the level is raised as far as is proven; its plan as in whole_search
 *   thorough without a limit on nodes, unless pupils who go alone or side rows are there; or with
 *            few nodes, and not at all in a block that is not small
 *   returns  0 when the plan is proven; 1 when a limit came first, or the setting `gap` is kept to;
 *            2 when it gave up
 *
 * Cost: exponential in general; each node some milliseconds for a few hundred zones.
 */
int whole_prove(struct whole *whole, const struct linear *linear, struct outcome *outcome,
		size_t level, bool thorough);

#endif
