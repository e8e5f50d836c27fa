#include "outputs/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "inputs/base/memory.h"

/* Names tried for the hidden folder. */
enum { ATTEMPTS = 1000 };

static int cannot(struct diags *diags, const char *given, const char *what, int error)
{
	return diag_error(diags, DIAG_OUTPUT_WRITE, place_file(given), "cannot %s: %s", what,
			  error == ENOENT ? "its parent does not exist" : strerror(error));
}

static int exists(struct diags *diags, const char *given)
{
	return diag_error(diags, DIAG_OUTPUT_EXISTS, place_file(given),
			  "there is something here already; name a new folder");
}

static char *copy_of(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(memory_array(size, 1), text, size);
}

/* A copy without slashes at its end ("/" stays). */
static char *clean_path(const char *path)
{
	char *copy = copy_of(path);

	for (size_t n = strlen(copy); n > 1 && copy[n - 1] == '/'; n--)
		copy[n - 1] = '\0';
	return copy;
}

/* Whether a folder can be made in the parent of path: 0 or errno. */
static int parent_error(const char *path)
{
	char *copy = copy_of(path);
	int error = access(dirname(copy), W_OK | X_OK) == 0 ? 0 : errno;

	free(copy);
	return error;
}

static int check_clean(const char *path, const char *given, struct diags *diags)
{
	struct stat found;
	int error;

	if (*path == '\0')
		return diag_error(diags, DIAG_OUTPUT_WRITE, place_none(), "the folder has no name");
	if (lstat(path, &found) == 0)
		return exists(diags, given);
	error = errno == ENOENT ? parent_error(path) : errno;
	return error ? cannot(diags, given, "make the folder", error) : 0;
}

int folder_check(const char *path, struct diags *diags)
{
	char *clean = clean_path(path);
	int result = check_clean(clean, path, diags);

	free(clean);
	return result;
}

/* Makes the hidden folder; its name is the first that is free. Returns 0 or errno. */
static int make_temporary(struct folder *folder)
{
	char *copy = copy_of(folder->path), *parent = dirname(copy);
	size_t size = strlen(parent) + 64;
	int error = EEXIST;

	folder->temporary = memory_array(size, 1);
	for (int i = 0; i < ATTEMPTS && error == EEXIST; i++) {
		snprintf(folder->temporary, size, "%s/.seatwise-%ld-%d", parent, (long)getpid(), i);
		error = mkdir(folder->temporary, 0777) == 0 ? 0 : errno;
	}
	free(copy);
	return error;
}

/* Interrupts wait, and a file that outgrows its limit fails like a full disk. */
static void hold_signals(struct folder *folder)
{
	sigset_t held;

	sigemptyset(&held);
	sigaddset(&held, SIGINT);
	sigaddset(&held, SIGTERM);
	sigaddset(&held, SIGHUP);
	sigprocmask(SIG_BLOCK, &held, &folder->signals);
	signal(SIGXFSZ, SIG_IGN);
}

static void folder_forget(struct folder *folder)
{
	if (folder->fd >= 0)
		close(folder->fd);
	free(folder->path);
	free(folder->temporary);
	sigprocmask(SIG_SETMASK, &folder->signals, NULL);
	*folder = (struct folder){.fd = -1};
}

int folder_open(struct folder *folder, const char *path, struct diags *diags)
{
	int error;

	*folder = (struct folder){.given = path, .fd = -1, .diags = diags};
	folder->path = clean_path(path);
	hold_signals(folder);
	if (check_clean(folder->path, path, diags)) {
		folder_forget(folder);
		return -1;
	}
	error = make_temporary(folder);
	if (!error) {
		folder->fd = open(folder->temporary, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (folder->fd >= 0)
			return 0;
		error = errno;
		rmdir(folder->temporary);
	}
	cannot(diags, path, "make the folder", error);
	folder_forget(folder);
	return -1;
}

/* rename that refuses to replace; where the file system cannot, looks first. Returns 0 or errno. */
static int rename_new(const char *from, const char *to)
{
	struct stat found;

	if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return errno;
	if (lstat(to, &found) == 0)
		return EEXIST;
	return rename(from, to) == 0 ? 0 : errno;
}

/* Makes the new name last on disk, as far as the file system can. */
static void sync_parent(const char *path)
{
	char *copy = copy_of(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

int folder_commit(struct folder *folder)
{
	int error = fsync(folder->fd) == 0 || errno == EINVAL ? 0 : errno;

	if (!error)
		error = rename_new(folder->temporary, folder->path);
	if (error) {
		if (error == EEXIST)
			exists(folder->diags, folder->given);
		else
			cannot(folder->diags, folder->given, "finish the folder", error);
		folder_abandon(folder);
		return -1;
	}
	sync_parent(folder->path);
	folder_forget(folder);
	return 0;
}

void folder_abandon(struct folder *folder)
{
	DIR *entries = fdopendir(folder->fd);

	for (struct dirent *entry; entries && (entry = readdir(entries));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(folder->fd, entry->d_name, 0);
	if (entries) {
		closedir(entries);
		folder->fd = -1;
	}
	rmdir(folder->temporary);
	folder_forget(folder);
}

int folder_finish(struct folder *folder, int failed)
{
	if (!failed)
		return folder_commit(folder);
	folder_abandon(folder);
	return -1;
}
