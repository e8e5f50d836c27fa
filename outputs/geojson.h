/* outputs/geojson.h - map.geojson: schools and zones as points with their figures. */
#ifndef SEATWISE_GEOJSON_H
#define SEATWISE_GEOJSON_H

#include "outputs/folder.h"
#include "outputs/plan_output.h"

/*
 * Writes a FeatureCollection (RFC 7946) into the file: every school, then every zone, in the order
 * of their ids, one feature a line, lon and lat with up to 6 decimals. Zones are residential areas,
 * not homes, so they may be shown. Streamed; no map grows in memory.
 */
void geojson_write(struct folder_file *file, const struct plan_output *output);

#endif
