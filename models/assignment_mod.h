/* models/assignment_mod.h - the text of assignment.mod, carried inside the program. */
#ifndef SEATWISE_ASSIGNMENT_MOD_H
#define SEATWISE_ASSIGNMENT_MOD_H

#include <stddef.h>

extern const char assignment_mod[];      /* NUL-terminated */
extern const size_t assignment_mod_size; /* bytes, without the NUL */

#endif
