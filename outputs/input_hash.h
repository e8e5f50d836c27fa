/* outputs/input_hash.h - one number for what a plan was made from. */
#ifndef SEATWISE_INPUT_HASH_H
#define SEATWISE_INPUT_HASH_H

#include "inputs/district.h"

/* 64 hexadecimal digits and a NUL. */
enum { INPUT_HASH_SIZE = 65 };

/*
 * SHA-256 of the checked district as canonical CSV, in lower-case hexadecimal: its name, crs and
 * year and every table in the order of its ids, so that the order of rows and columns in the files,
 * their encoding and how a number is written do not matter. Settings are not in it, except that
 * only the offerings of schools that are open in the month are; a class size counts where it is not
 * the standard.
 */
void input_hash(const struct district *district, char hash[INPUT_HASH_SIZE]);

#endif
