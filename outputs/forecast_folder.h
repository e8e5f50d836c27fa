/* outputs/forecast_folder.h - the tables of a forecast: pupils, seats, and how they turn. */
#ifndef SEATWISE_FORECAST_FOLDER_H
#define SEATWISE_FORECAST_FOLDER_H

#include "inputs/base/diag.h"
#include "models/forecast.h"

/*
 * Writes forecast.csv (which a district may take in), balance.csv and turns.csv.
 *
 *   returns  0 or -1 after an error, and then there is no folder
 */
int forecast_folder_write(const char *path, const struct forecast *forecast, struct diags *diags);

#endif
