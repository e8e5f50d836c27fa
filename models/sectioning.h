/* models/sectioning.h - which child goes to which class of the grade that it enters. */
#ifndef SEATWISE_SECTIONING_H
#define SEATWISE_SECTIONING_H

#include "models/section_balance.h"

/*
 * Divides the children over the classes. In strict order, each as good as those before it allow:
 *
 *   1 sizes      with those who stay, they differ by at most one: always
 *   2 twins      twins_broken of struct balance
 *   3 excess     inclusion_excess
 *   4 inclusion  the sum over the classes of (inclusion children)^2
 *   5 sex        the sum over the classes of boys^2 + girls^2
 *   6 group      the sum over the classes and groups of (children of the group)^2
 *   7 score      section_scores.h; not with SECTION_BY_LOT
 *
 * The total being given, a sum of squares is least where the numbers differ by at most one, if they
 * can. Without twins 1 and 3 to 5 are always least. With twins, and for groups, the best that a
 * search finds: see section_search.h.
 *
 * The places of a kind of children are dealt in S order (first class to last, and back), by score
 * or by lot, going on from one kind to the next; then scores are evened out.
 *
 *   section  n_children, filled in: the class of each child, from 0; NONE if there are no classes
 *
 * The same children in another order go to the same classes. No globals: several threads may call
 * it at once. Cost: 0.4 ms by lot and 1.4 ms by score for 600 children in 12 classes.
 */
void sectioning_make(const struct intake *intake, size_t *section);

#endif
