#include "outputs/json_text.h"

#include <string.h>

/* Bytes that stand for themselves; '<' and U+2028 need a look at what follows. */
static size_t plain_bytes(const char *string)
{
	size_t n = 0;

	while ((unsigned char)string[n] >= 0x20 && string[n] != '"' && string[n] != '\\' &&
	       string[n] != '<' && string[n] != '\xe2')
		n++;
	return n;
}

/* Adds the character at `at` as JSON and returns its bytes; U+2028 and U+2029 end a line in a
 * script. */
static size_t add_escaped(struct text *text, const char *at)
{
	if (*at == '"' || *at == '\\') {
		text_printf(text, "\\%c", *at);
	} else if ((unsigned char)*at < 0x20) {
		text_printf(text, "\\u%04x", *at);
	} else if (strncmp(at, "</", 2) == 0) {
		text_add(text, "<\\/");
		return 2;
	} else if (strncmp(at, "\xe2\x80\xa8", 3) == 0 || strncmp(at, "\xe2\x80\xa9", 3) == 0) {
		text_printf(text, "\\u%04x", at[2] == '\xa8' ? 0x2028 : 0x2029);
		return 3;
	} else {
		text_add_bytes(text, at, 1);
	}
	return 1;
}

void json_add_string(struct text *text, const char *string)
{
	text_add(text, "\"");
	for (;;) {
		size_t n = plain_bytes(string);

		text_add_bytes(text, string, n);
		string += n;
		if (!*string)
			break;
		string += add_escaped(text, string);
	}
	text_add(text, "\"");
}
