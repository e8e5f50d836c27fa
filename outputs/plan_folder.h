/* outputs/plan_folder.h - a plan as a folder, written whole or not at all. */
#ifndef SEATWISE_PLAN_FOLDER_H
#define SEATWISE_PLAN_FOLDER_H

#include "outputs/folder.h"
#include "outputs/plan_output.h"

/*
 * Writes every table, summary.json, map.geojson and run.json into the new folder `path`.
 *
 *   output  its clock gets the stage `write`, up to where run.json is written
 *   returns 0, or -1 after DIAG_OUTPUT_EXISTS or DIAG_OUTPUT_WRITE, and then leaves nothing behind
 */
int plan_folder_write(const char *path, const struct plan_output *output, struct diags *diags);

/* Writes capacity.csv and distance.csv (all reachable pairs) alone; of output, just the district,
 * capacities and distances are read. Returns as plan_folder_write. */
int matrix_folder_write(const char *path, const struct plan_output *output, struct diags *diags);

#endif
