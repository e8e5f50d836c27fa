#include "models/finding.h"

const char *finding_name(enum finding_kind kind)
{
	static const char *const names[] = {
		[FINDING_SEATS_SHORT] = "seats_short", [FINDING_NO_SCHOOL] = "no_school",
		[FINDING_NO_ROOM] = "no_room", [FINDING_LARGE] = "large_classes",
		[FINDING_FAR_FULL] = "far_full", [FINDING_FAR_ALL] = "far_all",
	};

	return names[kind];
}
