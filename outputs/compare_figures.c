#include "outputs/compare_figures.h"

#include <math.h>
#include <string.h>

static bool is_km(const char *name)
{
	size_t length = strlen(name);

	return length >= 3 && strcmp(name + length - 3, "_km") == 0;
}

static bool is_whole(const double *value)
{
	return !value || !(fabs(*value - floor(*value)) > 0);
}

struct shown_kpi shown_kpi(const struct kpi_change *kpi)
{
	struct shown_kpi shown = {.digits = 3};

	if (!is_km(kpi->name) && is_whole(kpi->values[0]) && is_whole(kpi->values[1]))
		shown.digits = 0;
	for (int i = 0; i < 2; i++) {
		const double *value = kpi->values[i];

		shown.there[i] = value != NULL;
		if (value)
			shown.values[i] = llround(shown.digits ? 1000 * *value : *value);
	}
	return shown;
}
