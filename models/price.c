#include "models/price.h"

const char *price_name(enum price_what what)
{
	static const char *const names[] = {
		[PRICE_SEAT] = "seat", [PRICE_SECTION] = "section", [PRICE_BED] = "bed",
		[PRICE_PLACE] = "inclusion_place",
	};

	return names[what];
}
