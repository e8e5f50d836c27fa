#include "inputs/encoding.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <utf8proc.h>

#include "inputs/base/memory.h"
#include "inputs/base/text.h"

struct place encoding_place(const char *path, const char *text, size_t byte)
{
	struct place place = {path, 1, 1};

	for (size_t i = 0; i < byte; i++) {
		bool line_ends = text[i] == '\n' || (text[i] == '\r' && text[i + 1] != '\n');

		if (line_ends) {
			place.line++;
			place.column = 1;
		} else if (((unsigned char)text[i] & 0xc0) != 0x80) {
			place.column++;
		}
	}
	return place;
}

static int read_stream(FILE *stream, const char *path, struct text *bytes, struct diags *diags)
{
	size_t n;

	do {
		text_make_room(bytes, 1 << 16);
		n = fread(bytes->data + bytes->length, 1, bytes->room - bytes->length - 1, stream);
		bytes->length += n;
	} while (n > 0);
	bytes->data[bytes->length] = '\0';
	if (ferror(stream))
		return diag_error(diags, DIAG_FILE_READ, place_file(path), "cannot read: %s",
				  strerror(errno));
	return 0;
}

static int read_bytes(const char *path, struct text *bytes, struct diags *diags)
{
	struct stat status;
	FILE *stream = fopen(path, "rb");
	int result;

	if (!stream)
		return diag_error(diags, errno == ENOENT ? DIAG_FILE_MISSING : DIAG_FILE_READ,
				  place_file(path), "cannot open: %s", strerror(errno));
	if (fstat(fileno(stream), &status) == 0 && S_ISDIR(status.st_mode))
		result = diag_error(diags, DIAG_FILE_READ, place_file(path),
				    "is a folder, not a file");
	else
		result = read_stream(stream, path, bytes, diags);
	fclose(stream);
	return result;
}

/* What a walk over the bytes as UTF-8 finds. */
struct walk {
	size_t sound, broken; /* characters beyond ASCII that are UTF-8, and that are not */
	size_t first_broken;  /* offset */
};

/* A character of GB18030 in the midst of UTF-8 takes two bytes: counted as one. */
static size_t broken_bytes(const struct text *bytes, size_t i)
{
	return i + 1 < bytes->length && (unsigned char)bytes->data[i + 1] >= 0x80 ? 2 : 1;
}

/* Where the ASCII that begins at i ends; eight bytes at once. */
static size_t ascii_end(const struct text *bytes, size_t i)
{
	uint64_t eight;

	for (; i + sizeof eight <= bytes->length; i += sizeof eight) {
		memcpy(&eight, bytes->data + i, sizeof eight);
		if (eight & UINT64_C(0x8080808080808080))
			break;
	}
	while (i < bytes->length && (unsigned char)bytes->data[i] < 0x80)
		i++;
	return i;
}

static struct walk walk_utf8(const struct text *bytes)
{
	struct walk walk = {0, 0, 0};
	utf8proc_int32_t character;

	for (size_t i = 0; (i = ascii_end(bytes, i)) < bytes->length;) {
		utf8proc_ssize_t n =
			utf8proc_iterate((const utf8proc_uint8_t *)bytes->data + i,
					 (utf8proc_ssize_t)(bytes->length - i), &character);

		if (n < 1 && walk.broken++ == 0)
			walk.first_broken = i;
		walk.sound += n > 1;
		i += n > 0 ? (size_t)n : broken_bytes(bytes, i);
	}
	return walk;
}

/* Decodes GB18030; returns the offset of the byte that cannot be decoded, or the length. */
static size_t from_gb18030(const struct text *bytes, struct text *decoded)
{
	iconv_t converter = iconv_open("UTF-8", "GB18030");
	char *in = bytes->data, block[1 << 14];
	size_t left = bytes->length;

	if (converter == (iconv_t)-1)
		return 0;
	while (left > 0) {
		char *out = block;
		size_t room = sizeof block;
		size_t result = iconv(converter, &in, &left, &out, &room);

		text_add_bytes(decoded, block, (size_t)(out - block));
		if (result == (size_t)-1 && errno != E2BIG)
			break;
	}
	iconv_close(converter);
	return bytes->length - left;
}

static int decode_other(const char *path, struct text *bytes, const struct walk *walk,
			struct diags *diags)
{
	struct text decoded = {0};
	struct place where = encoding_place(path, bytes->data, walk->first_broken);
	unsigned char byte = (unsigned char)bytes->data[walk->first_broken];

	if (walk->sound > walk->broken)
		return diag_error(diags, DIAG_ENCODING, where,
				  "byte 0x%02X is not UTF-8 in a file that is UTF-8 elsewhere "
				  "(mixed with GB18030?)", byte);
	if (from_gb18030(bytes, &decoded) < bytes->length) {
		text_free(&decoded);
		return diag_error(diags, DIAG_ENCODING, where,
				  "byte 0x%02X is neither UTF-8 nor GB18030", byte);
	}
	text_add_bytes(&decoded, "", 0);
	text_free(bytes);
	*bytes = decoded;
	return 0;
}

static int decode(const char *path, struct text *bytes, struct diags *diags)
{
	static const char bom[] = "\xef\xbb\xbf";
	bool has_bom = bytes->length >= 3 && memcmp(bytes->data, bom, 3) == 0;
	const char *nul = bytes->length ? memchr(bytes->data, 0, bytes->length) : NULL;
	struct walk walk;

	if (has_bom) {
		memmove(bytes->data, bytes->data + 3, bytes->length - 2);
		bytes->length -= 3;
		nul = memchr(bytes->data, 0, bytes->length);
	}
	if (nul)
		return diag_error(diags, DIAG_NUL_BYTE,
				  encoding_place(path, bytes->data, (size_t)(nul - bytes->data)),
				  "NUL byte: this is not a text file (UTF-16? save it as UTF-8)");
	walk = walk_utf8(bytes);
	if (walk.broken && has_bom)
		return diag_error(diags, DIAG_ENCODING,
				  encoding_place(path, bytes->data, walk.first_broken),
				  "byte 0x%02X is not UTF-8, as the file's BOM promises",
				  (unsigned char)bytes->data[walk.first_broken]);
	return walk.broken ? decode_other(path, bytes, &walk, diags) : 0;
}

int encoding_read(const char *path, char **text, size_t *length, struct diags *diags)
{
	struct text bytes = {0};

	if (read_bytes(path, &bytes, diags) || decode(path, &bytes, diags)) {
		text_free(&bytes);
		return -1;
	}
	*text = bytes.data;
	*length = bytes.length;
	return 0;
}
