#include "solver/rooms_search.h"

#include <string.h>

#include "inputs/base/memory.h"
#include "inputs/base/parallel.h"
#include "solver/engines/flow.h"
#include "solver/progress.h"
#include "solver/rooms_divide.h"
#include "solver/stop.h"

/* The grades' networks with the rooms as they are now. */
struct state {
	const struct program *program;
	const struct rooms *rooms;
	size_t n_levels;
	int64_t *sections;                          /* n_offerings */
	struct room_network *networks[LAST_GRADE + 1]; /* NULL: nobody to place, no offering */
	int64_t *values[LAST_GRADE + 1];            /* n_levels, of each grade */
	int64_t *weights;
	size_t n_batches[LAST_GRADE + 1];           /* of each grade */
	size_t tried, taken, work;                  /* work: batches of the grades tried */
};

enum {
	TOP = 4,        /* moves tried for each two grades, though they promise nothing */
	STALE = 1000,   /* moves tried in vain before the list of them is made anew */
	WORK = 10000000 /* batches of the grades tried: some seconds */
};

static void one_grade(int grade, bool *grades)
{
	memset(grades, 0, (LAST_GRADE + 1) * sizeof *grades);
	grades[grade] = true;
}

/* The same weights for all grades, so that gains in one can be held against losses in another. */
static void weigh(struct state *state)
{
	size_t last = state->n_levels;
	int64_t *one = memory_array(state->n_levels, sizeof *one);
	bool strict = false;

	while (!strict && last-- > 0) {
		strict = true;
		memset(state->weights, 0, state->n_levels * sizeof *state->weights);
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
			strict &= room_network_order(state->networks[g], last, NULL, one) ||
				  last == 0;
			for (size_t k = 0; k < state->n_levels; k++)
				if (one[k] > state->weights[k])
					state->weights[k] = one[k];
		}
	}
	memory_free(one);
}

static void solve_grade(void *context, size_t i)
{
	struct state *state = context;
	int grade = FIRST_GRADE + (int)i;

	room_network_solve(state->networks[grade], true);
	room_network_values(state->networks[grade], state->values[grade]);
}

static void solve_grades(struct state *state)
{
	parallel_for(N_GRADES, solve_grade, state);
}

static void weigh_grade(void *context, size_t i)
{
	struct state *state = context;

	room_network_weigh(state->networks[FIRST_GRADE + (int)i], state->weights);
}

static void open_state(struct state *state, const struct program *program,
		       const struct rooms *rooms, int64_t *sections)
{
	bool grades[LAST_GRADE + 1];

	*state = (struct state){.program = program, .rooms = rooms,
				.n_levels = program->n_levels, .sections = sections};
	state->weights = memory_array(state->n_levels, sizeof *state->weights);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		one_grade(g, grades);
		state->networks[g] = room_network_open(program, rooms, grades, sections);
		state->values[g] = memory_array(state->n_levels, sizeof *state->values[g]);
	}
	for (size_t b = 0; b < program->n_batches; b++)
		state->n_batches[program->batches[b].grade]++;
	weigh(state);
	parallel_for(N_GRADES, weigh_grade, state);
}

static void close_state(struct state *state)
{
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++) {
		room_network_close(state->networks[g]);
		memory_free(state->values[g]);
	}
	memory_free(state->weights);
}

/* All grades, each rounded up to whole units: a class is large or it is not. */
static void total(const struct state *state, int64_t *values)
{
	int64_t scale = room_network_scale(state->networks[FIRST_GRADE]);

	memset(values, 0, state->n_levels * sizeof *values);
	for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
		for (size_t k = 0; k < state->n_levels; k++)
			values[k] += (state->values[g][k] + scale - 1) / scale;
}

static int grade_of_offering(const struct state *state, size_t offering)
{
	return state->program->district->offerings[offering].grade;
}

static struct room_network *network_of(const struct state *state, size_t offering)
{
	return state->networks[grade_of_offering(state, offering)];
}

static void set_sections(struct state *state, size_t offering, int64_t sections)
{
	state->sections[offering] = sections;
	room_network_change(network_of(state, offering), offering, sections);
}

static void take_sections(struct state *state, const int64_t *sections)
{
	for (size_t i = 0; i < state->program->district->n_offerings; i++)
		if (sections[i] != state->sections[i])
			set_sections(state, i, sections[i]);
	solve_grades(state);
}

/* --- moves ----------------------------------------------------------------------------------- */

static void gain_of(const struct state *state, struct room_move *move)
{
	move->gain = room_network_gain(network_of(state, move->to), move->to,
				       state->sections[move->to] + 1) +
		     room_network_gain(network_of(state, move->from), move->from,
				       state->sections[move->from] - 1);
}

static bool may_move(const struct state *state, const struct room_move *move)
{
	return move->from != move->to &&
	       state->sections[move->from] > state->rooms->least[move->from] &&
	       state->sections[move->to] < state->rooms->most[move->to];
}

/* A grade as it was before a move. */
struct kept {
	size_t offering;
	int64_t sections, *values;
	struct network_snapshot *tree;
};

/* A move that was made and may be taken back. */
struct step {
	struct kept from, to;
};

static void solve_again(struct state *state, size_t offering, bool all_pairs)
{
	room_network_solve(network_of(state, offering), all_pairs);
	room_network_values(network_of(state, offering),
			    state->values[grade_of_offering(state, offering)]);
}

/* Gives an offering other sections; its grade is solved over the pairs that are known. */
static void change(struct state *state, size_t offering, int64_t by, struct kept *kept)
{
	size_t size = state->n_levels * sizeof *kept->values;

	kept->offering = offering;
	kept->sections = state->sections[offering];
	kept->values = memory_array(state->n_levels, sizeof *kept->values);
	memcpy(kept->values, state->values[grade_of_offering(state, offering)], size);
	kept->tree = room_network_save(network_of(state, offering));
	set_sections(state, offering, kept->sections + by);
	solve_again(state, offering, false);
}

static void change_back(struct state *state, const struct kept *kept)
{
	memcpy(state->values[grade_of_offering(state, kept->offering)], kept->values,
	       state->n_levels * sizeof *kept->values);
	set_sections(state, kept->offering, kept->sections);
	room_network_restore(network_of(state, kept->offering), kept->tree);
	room_network_solve(network_of(state, kept->offering), false);
}

static room_value weighted(const struct state *state, const int64_t *values)
{
	room_value sum = 0;

	for (size_t k = 0; k < state->n_levels; k++)
		sum += (room_value)state->weights[k] * values[k];
	return sum;
}

/* What a change won by the weights. */
static room_value won(const struct state *state, const struct kept *kept)
{
	return weighted(state, kept->values) -
	       weighted(state, state->values[grade_of_offering(state, kept->offering)]);
}

static void forget(struct kept *kept)
{
	memory_free(kept->values);
	network_snapshot_free(kept->tree);
}

/* The school that would best give a room back from the grade that just got one to the grade that
 * lost it; false: none would gain anything. */
static bool find_answer(const struct state *state, const struct room_move *move,
			struct room_move *answer)
{
	const struct district *district = state->program->district;
	int from = grade_of_offering(state, move->to), to = grade_of_offering(state, move->from);

	answer->gain = 0;
	for (size_t r = 0; r < state->rooms->n_schools; r++) {
		size_t school = state->rooms->schools[r].school;
		const struct offering *giver = district_offering(district, school, from);
		const struct offering *taker = district_offering(district, school, to);
		struct room_move one;

		if (!giver || !taker || school == district->offerings[move->from].school)
			continue;
		one = (struct room_move){(size_t)(giver - district->offerings),
				    (size_t)(taker - district->offerings), 0};
		if (!may_move(state, &one))
			continue;
		gain_of(state, &one);
		if (one.gain > answer->gain)
			*answer = one;
	}
	return answer->gain > 0;
}

static bool is_better(const struct state *state, const int64_t *before)
{
	int64_t *after = memory_array(state->n_levels, sizeof *after);
	bool better;

	total(state, after);
	better = values_compare(after, before, state->n_levels) < 0;
	memory_free(after);
	return better;
}

/* Whether another school's answer makes up for what the step lost; it is then made too. */
static bool try_answer(struct state *state, const struct room_move *move, const struct step *made,
		       const int64_t *before)
{
	struct room_move answer;
	struct step step;
	bool better;

	if (!find_answer(state, move, &answer) ||
	    answer.gain + won(state, &made->to) + won(state, &made->from) <= 0)
		return false;
	change(state, answer.to, 1, &step.to);
	change(state, answer.from, -1, &step.from);
	better = is_better(state, before);
	if (!better) {
		change_back(state, &step.from);
		change_back(state, &step.to);
	}
	forget(&step.from);
	forget(&step.to);
	return better;
}

/* Whether the room wins less where it came than it costs at the least where it comes from. */
static bool loses(const struct state *state, const struct room_move *move, const struct kept *to)
{
	return won(state, to) + room_network_gain(network_of(state, move->from), move->from,
						  state->sections[move->from] - 1) <= 0;
}

/* Finishes a step of which the room came where it goes, if it may be better: alone or with an
 * answer. Returns whether it was; all is as it was before the step otherwise. */
static bool finish_step(struct state *state, const struct room_move *move, const int64_t *before,
			struct step *step)
{
	bool better;

	change(state, move->from, -1, &step->from);
	better = is_better(state, before) || try_answer(state, move, step, before);
	if (!better)
		change_back(state, &step->from);
	forget(&step->from);
	return better;
}

/*
 * Makes the move if it is better. The flows over known pairs are plans, so that no more need be
 * asked before.
 *
 *   anyway  whether to look at a move that loses by the weights
 */
static void try_move(struct state *state, const struct room_move *move, bool anyway)
{
	int64_t *before = memory_array(state->n_levels, sizeof *before);
	struct step step;

	total(state, before);
	change(state, move->to, 1, &step.to);
	if ((anyway || !loses(state, move, &step.to)) &&
	    finish_step(state, move, before, &step)) {
		solve_again(state, move->from, true);
		solve_again(state, move->to, true);
		state->taken++;
	} else {
		change_back(state, &step.to);
	}
	forget(&step.to);
	memory_free(before);
	state->tried++;
	state->work += state->n_batches[grade_of_offering(state, move->from)] +
		       state->n_batches[grade_of_offering(state, move->to)];
}

static int by_gain(const void *a, const void *b, void *context)
{
	const struct room_move *first = a, *second = b;

	(void)context;
	if (first->gain != second->gain)
		return first->gain > second->gain ? -1 : 1;
	if (first->from != second->from)
		return first->from < second->from ? -1 : 1;
	return (first->to > second->to) - (first->to < second->to);
}

/* Moves by what they may gain at the most, from the most promising down; malloc'ed. */
static struct room_move *list_moves(const struct state *state, size_t *n)
{
	const struct rooms *rooms = state->rooms;
	struct room_move *moves = NULL;
	size_t room = 0;

	*n = 0;
	for (size_t r = 0; r < rooms->n_schools; r++) {
		const struct school *school = &rooms->district->schools[rooms->schools[r].school];
		size_t first = school->first_offering, end = first + school->n_offerings;

		for (size_t from = first; from < end; from++)
			for (size_t to = first; to < end; to++) {
				struct room_move move = {from, to, 0};

				if (!may_move(state, &move))
					continue;
				gain_of(state, &move);
				moves = memory_grow(moves, &room, *n + 1, sizeof *moves);
				moves[(*n)++] = move;
			}
	}
	memory_sort(moves, *n, sizeof *moves, by_gain, NULL);
	return moves;
}

static bool goes_on(const struct state *state)
{
	return state->work < WORK && !stop_asked();
}

/* Tries every move that may gain anything. Of the others a few for each two grades: their sums of
 * rooms alone may let a count be rounded up less. Returns whether any move was made. */
static bool pass(struct state *state)
{
	size_t n, taken = state->taken, made, last = state->tried;
	struct room_move *moves = list_moves(state, &n);
	int tried[LAST_GRADE + 1][LAST_GRADE + 1] = {{0}};

	for (size_t i = 0; i < n && goes_on(state) && state->tried - last < STALE; i++) {
		struct room_move *move = &moves[i];
		int *times = &tried[grade_of_offering(state, move->from)]
				   [grade_of_offering(state, move->to)];

		if (!may_move(state, move))
			continue;
		gain_of(state, move);
		if (move->gain <= 0 && (*times)++ >= TOP)
			continue;
		made = state->taken;
		try_move(state, move, move->gain <= 0);
		if (state->taken > made)
			last = state->tried;
		progress("moving rooms", (int)state->tried);
	}
	memory_free(moves);
	return state->taken > taken;
}

/* --- the first choice ------------------------------------------------------------------------ */

/* Each school's rooms, divided for the pupils that it gets where grades share its seats. */
static void divide_all(const struct program *program, const struct rooms *rooms,
		       int64_t *sections)
{
	const struct district *district = program->district;
	int64_t *loads = memory_array(district->n_offerings, sizeof *loads);
	int64_t *weights = memory_array(program->n_levels, sizeof *weights);
	bool grades[LAST_GRADE + 1];
	struct room_network *shared;

	memset(grades, 1, sizeof grades);
	shared = room_network_open(program, rooms, grades, NULL);
	room_network_order(shared, program->n_levels - 1, NULL, weights);
	room_network_weigh(shared, weights);
	for (size_t i = 0; i < district->n_offerings; i++)
		loads[i] = district->offerings[i].enrolled;
	if (room_network_solve(shared, true) == 0) {
		room_network_loads(shared, loads);
		for (size_t r = 0; r < rooms->n_schools; r++)
			rooms_divide(rooms, r, loads, sections);
	}
	room_network_close(shared);
	memory_free(loads);
	memory_free(weights);
}

/* Levels up to the first one that some grade had to round. */
static size_t levels_bounded(const struct state *state)
{
	int64_t scale = room_network_scale(state->networks[FIRST_GRADE]);

	for (size_t k = 0; k < state->n_levels; k++)
		for (int g = FIRST_GRADE; g <= LAST_GRADE; g++)
			if (state->values[g][k] % scale != 0)
				return k + 1;
	return state->n_levels;
}

static void leave_moves(struct arena *arena, const struct state *state, struct rooms_found *found)
{
	size_t n;
	struct room_move *moves = list_moves(state, &n);

	found->n_moves = n < ROOMS_MOVES ? n : ROOMS_MOVES;
	found->moves = arena_array(arena, found->n_moves, sizeof *found->moves);
	if (found->n_moves > 0)
		memcpy(found->moves, moves, found->n_moves * sizeof *moves);
	memory_free(moves);
}

void rooms_search(struct arena *arena, const struct program *program, const struct rooms *rooms,
		  struct rooms_found *found)
{
	size_t n = program->district->n_offerings, size = n * sizeof(int64_t);
	int64_t *start = memory_array(n, sizeof *start), *divided = memory_array(n, sizeof *start);
	struct state state;

	found->sections = arena_array(arena, n, sizeof *found->sections);
	found->start = arena_array(arena, program->n_levels, sizeof *found->start);
	found->values = arena_array(arena, program->n_levels, sizeof *found->values);
	rooms_start(rooms, start);
	memcpy(found->sections, start, size);
	memcpy(divided, start, size);
	divide_all(program, rooms, divided);
	open_state(&state, program, rooms, found->sections);
	solve_grades(&state);
	total(&state, found->start);
	found->start_levels = levels_bounded(&state);
	take_sections(&state, divided);
	total(&state, found->values);
	if (stop_asked() ||
	    values_compare(found->start, found->values, program->n_levels) <= 0)
		take_sections(&state, start);
	while (goes_on(&state) && pass(&state))
		;
	total(&state, found->values);
	leave_moves(arena, &state, found);
	close_state(&state);
	memory_free(start);
	memory_free(divided);
}
