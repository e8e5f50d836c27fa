/* inputs/encoding.h - the bytes of a file as UTF-8 text, by strict decoding and never by guess. */
#ifndef SEATWISE_ENCODING_H
#define SEATWISE_ENCODING_H

#include <stddef.h>

#include "inputs/base/diag.h"

/*
 * Reads a whole file: UTF-8 with or without BOM if it is valid UTF-8, else GB18030 if it is valid
 * that way. A file that is UTF-8 but for some bytes is an error, not GB18030. NUL bytes are errors.
 *
 *   text     malloc'ed UTF-8 without BOM, NUL-terminated; the caller frees
 *   returns  0, or -1 after an error (missing, a folder, unreadable, undecodable)
 */
int encoding_read(const char *path, char **text, size_t *length, struct diags *diags);

/* Line and column (in characters), both from 1, of a byte in UTF-8 text. */
struct place encoding_place(const char *path, const char *text, size_t byte);

#endif
