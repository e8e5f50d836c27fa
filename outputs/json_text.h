/* outputs/json_text.h - JSON that is streamed as text: escaped in one place. */
#ifndef SEATWISE_JSON_TEXT_H
#define SEATWISE_JSON_TEXT_H

#include "inputs/base/text.h"

/* Adds a JSON string with its quotes; also safe inside an HTML script ("</" becomes "<\/"). */
void json_add_string(struct text *text, const char *string);

#endif
