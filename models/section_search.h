/* models/section_search.h - exchanges of children between classes until none helps.
 *
 * Children who are alike (inclusion, sex and group; no twins) are one kind, and only the number
 * that a class holds of a kind matters here. A child with twins is a kind of its own. */
#ifndef SEATWISE_SECTION_SEARCH_H
#define SEATWISE_SECTION_SEARCH_H

#include "inputs/base/memory.h"
#include "models/section_balance.h"

/* The levels of the objective: less on an earlier one is worth any more on those after it. */
enum section_level {
	LEVEL_TWINS,      /* twins_broken */
	LEVEL_EXCESS,     /* inclusion_excess */
	LEVEL_INCLUSION,  /* inclusion children, the squares of the classes' numbers summed */
	LEVEL_SEX,        /* likewise boys, and girls */
	LEVEL_GROUP,      /* likewise each group */
	SECTION_LEVELS
};

enum { KIND_COLUMNS = 4 };

struct section_kind {
	bool inclusion;
	int sex;
	size_t group;
	size_t family;                  /* or NONE */
	size_t columns[KIND_COLUMNS];   /* that count it: filled in by the search */
	size_t n_columns;
};

/* Where the children are; rows by class. */
struct section_search {
	const struct intake *intake;
	struct section_kind *kinds;
	size_t n_kinds, n_columns, n_families;
	size_t *family_kinds, *family_first; /* family f has the kinds [first[f]] .. [f + 1] */
	int64_t *state;                 /* all that changes, n_state: the next four */
	size_t n_state;
	int64_t *count;                 /* n_sections * n_columns */
	int64_t *held;                  /* n_sections * n_kinds: children of the kind */
	int64_t *place;                 /* n_kinds: the class, of kinds with a family */
	int64_t *cost;                  /* SECTION_LEVELS */
	int64_t bound[SECTION_LEVELS];  /* no sectioning costs less, on each level by itself */
	int64_t size_least;             /* of a final class; the others have one more */
	struct section_move *done;      /* moves that may be taken back, n_done */
	size_t n_done;
	struct section_trial *trial;
	int64_t moves_left;             /* before the search ends, whatever it has found */
	uint64_t chance;
};

/* A search with empty classes, in the arena; kinds and intake must outlive it. Families are
 * numbered from 0 and have two kinds or more. */
void section_search_open(struct arena *arena, const struct intake *intake,
			 struct section_kind *kinds, size_t n_kinds, size_t n_families,
			 struct section_search *search);

/* Puts a child into a class, before the search begins. */
void section_search_put(struct section_search *search, size_t kind, size_t section);

/*
 * Lowers the cost, in the strict order of its levels, with sizes kept within one of each other. It
 * tries every exchange of one child or family for another or for nobody, then of two for two
 * between two classes, and takes the best; where nothing helps and the cost is above the bound, up
 * to 16 exchanges by chance (the same ones in every run) begin a new descent, which is kept if it
 * ends no higher. Ends at the bound or after a fixed number of moves.
 *
 * Cost: 0.3 ms for 600 children in 12 classes, five groups and ten pairs of twins; 0.7 ms where
 * the bound cannot be reached; 10 ms where most of 600 children are twins.
 */
void section_search_run(struct section_search *search);

/* Exchanges a child of class a for one of class b if every level stays as it is; else false. */
bool section_search_swap_even(struct section_search *search, size_t a, size_t kind_a, size_t b,
			      size_t kind_b);

#endif
