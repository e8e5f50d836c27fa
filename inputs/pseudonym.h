/* inputs/pseudonym.h - other names for children, which only who has the key can tell apart.
 *
 * A pseudonym is HMAC-SHA256 (RFC 2104) of the id, cut to 128 bits. It takes the place of the id as
 * soon as students.csv is read: lots, orders and every output are as if the table had had it. */
#ifndef SEATWISE_PSEUDONYM_H
#define SEATWISE_PSEUDONYM_H

#include <stddef.h>
#include <stdint.h>

#include "inputs/base/diag.h"

enum {
	PSEUDONYM_SIZE = 33,       /* 32 hexadecimal digits and a NUL */
	PSEUDONYM_KEY_LEAST = 16,  /* bytes of a key, line ends at its end left out */
	PSEUDONYM_KEY_MOST = 4096
};

struct pseudonym_key {
	uint8_t bytes[PSEUDONYM_KEY_MOST];
	size_t length;
};

/* Reads the key from a file. Returns 0, or -1 after an error that tells nothing of the key. */
int pseudonym_key_read(struct pseudonym_key *key, const char *path, struct diags *diags);

/* The pseudonym of an id, in lower-case hexadecimal, with a NUL. */
void pseudonym_of(const struct pseudonym_key *key, const char *id, char text[PSEUDONYM_SIZE]);

#endif
