/* models/section_scores.h - children by name into the places of their kind, and their scores. */
#ifndef SEATWISE_SECTION_SCORES_H
#define SEATWISE_SECTION_SCORES_H

#include "models/section_search.h"

/* A child of the intake. Those of a kind are neighbours, in the order in which they are dealt. */
struct section_member {
	const struct section_child *child;
	size_t input;     /* its index in the intake */
	size_t family;    /* or NONE */
	size_t kind, section;
	int64_t value;    /* by how much its score is above the mean, see below */
};

/*
 * Evens out the mean scores by exchanges that leave every level of the search as it is. Between any
 * two classes, the two children of a kind whose exchange lowers the objective most, until none
 * does; then, of any kinds, between the highest class or the lowest and the others; and again.
 * Either ends after a fixed number of rounds at the latest.
 *
 * The objective is the sum over the classes of (N * sum - n * total)^2: N and total, number and
 * sum of all scores; n and sum, of the class's. It is 0 where all means are equal, and a child
 * without a score counts as one with the mean. Where N^2 times the range of the scores would not
 * fit into 62 bits, scores are first divided by the least number that makes it fit.
 *
 *   members  n_members, all with a section; those change, and so does what the search holds
 *
 * Cost: 1 ms for 600 children in 12 classes; grows with the square of the classes.
 */
void section_scores_even_out(struct section_search *search, struct section_member *members,
			     size_t n_members);

#endif
