/* Bytes become UTF-8 or an error with a place; never a guess. */
#include "scratch_folder.h"

#include "inputs/encoding.h"

#define BYTES(text) text, sizeof text - 1

/* In GB18030: 中 is D6D0, 䶵 (beyond GBK) 82358738. */
static const struct {
	const char *bytes;
	size_t length;
	const char *text, *said;
} cases[] = {
	{BYTES(""), "", ""},
	{BYTES("abc"), "abc", ""},
	{BYTES("\xe4\xb8\xad"), "中", ""},
	{BYTES("\xef\xbb\xbf\xe4\xb8\xad"), "中", ""},
	{BYTES("\xef\xbb\xbf"), "", ""},
	{BYTES("a\xd6\xd0z"), "a中z", ""},
	{BYTES("\xd6\xd0\x82\x35\x87\x38"), "中䶵", ""},
	{BYTES("\xf0\x9f\x8f\xab"), "🏫", ""},
	{BYTES("x\ny\xff"), NULL,
	 "f:2:2: error: byte 0xFF is neither UTF-8 nor GB18030 [encoding]\n"},
	{BYTES("\xd6"), NULL, "f:1:1: error: byte 0xD6 is neither UTF-8 nor GB18030 [encoding]\n"},
	{BYTES("中文字,\xd6\xd0\n"), NULL,
	 "f:1:5: error: byte 0xD6 is not UTF-8 in a file that is UTF-8 "
	 "elsewhere (mixed with GB18030?) [encoding]\n"},
	{BYTES("\xef\xbb\xbf" "a\n\xd6\xd0"), NULL,
	 "f:2:1: error: byte 0xD6 is not UTF-8, as the file's BOM "
	 "promises [encoding]\n"},
	{BYTES("ab\ncd\0e"), NULL,
	 "f:2:3: error: NUL byte: this is not a text file (UTF-16? save it as "
	 "UTF-8) [nul-byte]\n"},
	{BYTES("\xff\xfe" "a\0"), NULL,
	 "f:1:4: error: NUL byte: this is not a text file (UTF-16? save it as "
	 "UTF-8) [nul-byte]\n"},
};

Test(encoding, bytes_to_text)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct scratch scratch;
		char *text = NULL;
		size_t length = 0;
		int result;

		scratch_open(&scratch);
		scratch_bytes(&scratch, "f", cases[i].bytes, cases[i].length);
		result = encoding_read(scratch.file, &text, &length, &scratch.diags);
		cr_expect_eq(result, cases[i].text ? 0 : -1, "case %zu", i);
		cr_expect_str_eq(scratch_said(&scratch), cases[i].said);
		if (cases[i].text && !result) {
			cr_expect_str_eq(text, cases[i].text);
			cr_expect_eq(length, strlen(cases[i].text));
		}
		free(text);
		scratch_close(&scratch);
	}
}

Test(encoding, files_that_are_none)
{
	struct scratch scratch;
	char path[128], *text;
	size_t length;

	scratch_open(&scratch);
	cr_expect_eq(encoding_read(scratch.path, &text, &length, &scratch.diags), -1);
	snprintf(path, sizeof path, "%s/none", scratch.path);
	cr_expect_eq(encoding_read(path, &text, &length, &scratch.diags), -1);
	cr_expect_not_null(strstr(scratch_said(&scratch), "none: error: cannot open: "));
	cr_expect_eq(scratch.diags.errors, 2);
	scratch_close(&scratch);
}
