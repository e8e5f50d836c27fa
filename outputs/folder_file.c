#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "outputs/folder.h"

/* Bytes of text that are worth a write. */
enum { DRAIN_AT = 1 << 18 };

static int file_failed(const struct folder_file *file, int error)
{
	return diag_error(file->folder->diags, DIAG_OUTPUT_WRITE, place_file(file->folder->given),
			  "cannot write '%s': %s", file->name, strerror(error));
}

int folder_file_open(struct folder_file *file, struct folder *folder, const char *name)
{
	*file = (struct folder_file){.folder = folder, .name = name};
	file->fd = openat(folder->fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	return file->fd < 0 ? file_failed(file, errno) : 0;
}

/* Returns 0 or errno. */
static int write_all(int fd, const char *data, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, data, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		data += n;
		length -= (size_t)n;
	}
	return 0;
}

static void flush(struct folder_file *file)
{
	if (!file->error)
		file->error = write_all(file->fd, file->text.data, file->text.length);
	file->text.length = 0;
}

void folder_file_drain(struct folder_file *file)
{
	if (file->folder && file->text.length >= DRAIN_AT)
		flush(file);
}

int folder_file_close(struct folder_file *file)
{
	flush(file);
	text_free(&file->text);
	if (!file->error && fsync(file->fd) != 0)
		file->error = errno;
	if (close(file->fd) != 0 && !file->error)
		file->error = errno;
	return file->error ? file_failed(file, file->error) : 0;
}

int folder_file(struct folder *folder, const char *name, const struct text *text)
{
	struct folder_file file;

	if (folder_file_open(&file, folder, name))
		return -1;
	file.error = write_all(file.fd, text->data, text->length);
	return folder_file_close(&file);
}
