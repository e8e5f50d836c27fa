/* outputs/finding_text.h - findings in plain sentences, and their cures as changes to tables. */
#ifndef SEATWISE_FINDING_TEXT_H
#define SEATWISE_FINDING_TEXT_H

#include <cjson/cJSON.h>

#include "inputs/base/text.h"
#include "models/finding.h"
#include "outputs/plan_output.h"

/* "grade 4, zone Z17, group special", as far as it is one; "all" where nothing is. */
void finding_where(struct text *text, const struct plan_output *output,
		   const struct finding *finding);

/* Who is short of what and why: one sentence. */
void finding_why(struct text *text, const struct plan_output *output,
		 const struct finding *finding);

/* "3 more classes in grade 1 at S07 would place 11 more pupils": one sentence, no full stop. */
void finding_cure(struct text *text, const struct plan_output *output, const struct cure *cure);

/* The array `findings` of summary.json: kind, where, how_many, of, why, tried, cure, gain, gain_of,
 * certainty, changes, and the other cures as `others`. Where sections are free, gains are those
 * with the classes of this plan: `sections` says so. */
void findings_json(cJSON *summary, const struct plan_output *output);

/* What a change does to the tables: [{"table", key columns, "column", "from", "to"}]. */
cJSON *change_json(const struct district *district, const struct change *change);

#endif
