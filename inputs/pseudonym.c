#include "inputs/pseudonym.h"

#include <errno.h>
#include <nettle/hmac.h>
#include <string.h>

static int judge(struct pseudonym_key *key, const char *path, struct diags *diags)
{
	while (key->length > 0 && (key->bytes[key->length - 1] == '\n' ||
				   key->bytes[key->length - 1] == '\r'))
		key->length--;
	if (key->length < PSEUDONYM_KEY_LEAST)
		return diag_error(diags, DIAG_SETTING_VALUE, place_file(path),
				  "a key has at least %d bytes", PSEUDONYM_KEY_LEAST);
	return 0;
}

int pseudonym_key_read(struct pseudonym_key *key, const char *path, struct diags *diags)
{
	FILE *file = fopen(path, "rb");
	bool failed, longer;

	if (!file)
		return diag_error(diags, DIAG_FILE_MISSING, place_file(path), "cannot open: %s",
				  strerror(errno));
	key->length = fread(key->bytes, 1, sizeof key->bytes, file);
	longer = fgetc(file) != EOF;
	failed = ferror(file) != 0;
	fclose(file);
	if (failed)
		return diag_error(diags, DIAG_FILE_READ, place_file(path), "cannot read");
	if (longer)
		return diag_error(diags, DIAG_SETTING_VALUE, place_file(path),
				  "a key has at most %d bytes", PSEUDONYM_KEY_MOST);
	return judge(key, path, diags);
}

void pseudonym_of(const struct pseudonym_key *key, const char *id, char text[PSEUDONYM_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[(PSEUDONYM_SIZE - 1) / 2];
	struct hmac_sha256_ctx hmac;

	hmac_sha256_set_key(&hmac, key->length, key->bytes);
	hmac_sha256_update(&hmac, strlen(id), (const uint8_t *)id);
	hmac_sha256_digest(&hmac, sizeof digest, digest);
	for (size_t i = 0; i < sizeof digest; i++) {
		text[2 * i] = digits[digest[i] >> 4];
		text[2 * i + 1] = digits[digest[i] & 15];
	}
	text[PSEUDONYM_SIZE - 1] = '\0';
}
