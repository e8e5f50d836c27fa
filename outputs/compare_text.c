#include "outputs/compare_text.h"

#include <math.h>
#include <string.h>

#include "outputs/compare_changes.h"
#include "outputs/compare_figures.h"
#include "outputs/grid.h"

/* Decimals of the levels' values, and what is too large to have them. */
enum { LEVEL_DIGITS = 6 };
#define MOST_LEVEL 1e12

/* --- the plans ------------------------------------------------------------------------------- */

static void add_plans(struct text *out, const struct comparison *comparison)
{
	static const char *const names[] = {"first", "second"};
	struct grid grid = {.align = "lllll"};

	for (int i = 0; i < 2; i++) {
		const struct plan_summary *summary = &comparison->plans[i]->summary;

		grid_text(&grid, names[i]);
		grid_text(&grid, comparison->plans[i]->folder);
		grid_text(&grid, summary->name);
		grid_text(&grid, plan_summary_setting(summary, "month"));
		grid_text(&grid, summary->optimal ? "optimal" : "not proven optimal");
		grid_end(&grid);
	}
	grid_print(&grid, out);
}

static void add_setting(struct grid *grid, const char *key, const char *first, const char *second)
{
	struct text both = {0};

	if (strcmp(first, second) == 0)
		return;
	text_printf(&both, "%s -> %s", *first ? first : "(none)", *second ? second : "(none)");
	grid_text(grid, key);
	grid_text(grid, both.data);
	grid_end(grid);
	text_free(&both);
}

static void add_settings(struct text *out, const struct comparison *comparison)
{
	const struct plan_summary *first = &comparison->plans[0]->summary;
	const struct plan_summary *second = &comparison->plans[1]->summary;
	struct grid grid = {.align = "ll"};

	for (size_t i = 0; i < first->n_settings; i++)
		add_setting(&grid, first->settings[i].key, first->settings[i].value,
			    plan_summary_setting(second, first->settings[i].key));
	for (size_t i = 0; i < second->n_settings; i++)
		if (!*plan_summary_setting(first, second->settings[i].key))
			add_setting(&grid, second->settings[i].key, "", second->settings[i].value);
	if (grid.cells.length > 0)
		text_add(out, "\nsettings that differ\n");
	grid_print(&grid, out);
}

/* The month decides which schools are part of the input. */
static void add_input(struct text *out, const struct comparison *comparison)
{
	const struct plan_summary *first = &comparison->plans[0]->summary;
	const struct plan_summary *second = &comparison->plans[1]->summary;

	if (strcmp(first->input_hash, second->input_hash) != 0 &&
	    strcmp(plan_summary_setting(first, "month"),
		   plan_summary_setting(second, "month")) == 0)
		text_add(out, "\nthe plans are made from different tables\n");
}

/* --- figures --------------------------------------------------------------------------------- */

static void add_kpi(struct grid *grid, const struct kpi_change *change)
{
	struct shown_kpi kpi = shown_kpi(change);

	grid_text(grid, change->name);
	for (int i = 0; i < 2; i++)
		if (kpi.there[i])
			grid_number(grid, kpi.values[i], kpi.digits);
		else
			grid_text(grid, "-");
	if (kpi.there[0] && kpi.there[1])
		grid_signed(grid, kpi.values[1] - kpi.values[0], kpi.digits);
	else
		grid_text(grid, "-");
	grid_end(grid);
}

static void add_kpis(struct text *out, const struct comparison *comparison)
{
	struct grid grid = {.align = "lrrr"};

	text_add(out, "\n");
	grid_header(&grid, "figure,first,second,difference");
	for (size_t i = 0; i < comparison->n_kpis; i++)
		add_kpi(&grid, &comparison->kpis[i]);
	grid_print(&grid, out);
}

/* The value of a level, and "*" where it is not proven; all in the fewest decimals. */
static void add_level_value(struct grid *grid, double value, bool proven)
{
	struct text text = {0};

	if (fabs(value) < MOST_LEVEL)
		text_add_decimal(&text, llround(value * 1e6), LEVEL_DIGITS, true);
	else
		text_printf(&text, "%.15g", value);
	if (!proven)
		text_add(&text, "*");
	grid_text(grid, text.data);
	text_free(&text);
}

static bool level_proven(const struct plan_level *level)
{
	return level->bound >= level->value;
}

/* Levels of the same terms; returns how many of them are not proven in one of the plans. */
static size_t add_level(struct grid *grid, const struct plan_level *first,
			const struct plan_level *second)
{
	grid_text(grid, first->terms);
	add_level_value(grid, first->value, level_proven(first));
	add_level_value(grid, second->value, level_proven(second));
	grid_end(grid);
	return !level_proven(first) || !level_proven(second);
}

static void add_levels(struct text *out, const struct comparison *comparison)
{
	const struct plan_summary *first = &comparison->plans[0]->summary;
	const struct plan_summary *second = &comparison->plans[1]->summary;
	struct grid grid = {.align = "lrr"};
	size_t n = 0, open = 0;

	grid_header(&grid, "level,first,second");
	for (size_t i = 0; i < first->n_levels; i++) {
		const struct plan_level *other = plan_summary_level(second,
								    first->levels[i].terms);

		n += other != NULL;
		open += other && add_level(&grid, &first->levels[i], other);
	}
	text_add(out, n > 0 ? "\n" : "\nno level of the objectives is the same\n");
	if (n == 0)
		text_free(&grid.cells);
	grid_print(&grid, out);
	if (open > 0)
		text_add(out, "  * not proven: there may be a better plan\n");
}

/* --- groups ---------------------------------------------------------------------------------- */

static void add_group(struct grid *grid, const struct group_change *group)
{
	const struct plan_group_row *first = &group->rows[0], *second = &group->rows[1];
	int64_t moved = move_totals_moved(&group->totals);

	grid_text(grid, first->group);
	grid_change(grid, first->pupils, second->pupils, 0);
	grid_change(grid, first->placed, second->placed, 0);
	grid_number(grid, moved, 0);
	grid_percent(grid, moved, group->totals.in_both);
	grid_change(grid, shown_metres(first->mean_km), shown_metres(second->mean_km), 3);
	grid_change(grid, shown_metres(first->p90), shown_metres(second->p90), 3);
	grid_change(grid, first->far, second->far, 0);
	grid_end(grid);
}

static void add_groups(struct text *out, const struct comparison *comparison)
{
	struct grid grid = {.align = "lrrrrrrr"};

	text_add(out, "\n");
	grid_header(&grid, "group,pupils,placed,move,share,mean km,p90 km,far");
	for (size_t i = 0; i < comparison->n_groups; i++)
		add_group(&grid, &comparison->groups[i]);
	grid_print(&grid, out);
}

void compare_text(struct text *out, const struct comparison *comparison)
{
	add_plans(out, comparison);
	add_settings(out, comparison);
	add_input(out, comparison);
	if (comparison->same) {
		text_add(out, "\nnothing differs: every pupil goes to the same school, and every "
			 "figure is the same\n");
		return;
	}
	add_kpis(out, comparison);
	add_levels(out, comparison);
	compare_text_pupils(out, comparison);
	compare_text_classes(out, comparison);
	add_groups(out, comparison);
}
