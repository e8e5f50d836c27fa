/* outputs/folder.h - a folder that is written whole or not at all.
 *
 * Files go to a hidden folder beside the wanted one, which takes its name at the end. While a
 * folder is open, interrupts wait, so that an interrupted run leaves nothing behind either. */
#ifndef SEATWISE_FOLDER_H
#define SEATWISE_FOLDER_H

#include <signal.h>

#include "inputs/base/diag.h"
#include "inputs/base/text.h"

struct folder {
	const char *given;   /* as the user wrote it, for messages; must outlive the diagnostics */
	char *path;          /* without slashes at its end */
	char *temporary;     /* the hidden one beside it */
	int fd;              /* of the hidden one */
	sigset_t signals;    /* the caller's mask, restored at the end */
	struct diags *diags;
};

/* A file of the folder while it is written. With folder NULL everything stays in `text`. */
struct folder_file {
	struct folder *folder;
	const char *name;
	int fd;
	int error;           /* errno of the first write that failed */
	struct text text;    /* what is not written yet */
};

/* Whether the folder could be made, before the work for it begins: nothing is at path yet, and its
 * parent may be written. Returns 0, or -1 after DIAG_OUTPUT_EXISTS or DIAG_OUTPUT_WRITE. */
int folder_check(const char *path, struct diags *diags);

/*
 * Begins the folder `path`, whose parent must exist and in which nothing of that name may, not even
 * a dangling link. Slashes at its end do not matter.
 *
 *   returns 0, then one of folder_commit and folder_abandon must follow; or -1 after an error
 */
int folder_open(struct folder *folder, const char *path, struct diags *diags);

/* Begins a file. Returns 0, then folder_file_close must follow; or -1 after an error. */
int folder_file_open(struct folder_file *file, struct folder *folder, const char *name);

/* Writes what stands in file->text when it has grown large; an error waits for the close. */
void folder_file_drain(struct folder_file *file);

/* Writes the rest, makes it last on disk, and closes. Returns 0 or -1 after an error. */
int folder_file_close(struct folder_file *file);

/* A whole file from one text. Returns 0 or -1 after an error. */
int folder_file(struct folder *folder, const char *name, const struct text *text);

/* Gives the folder its name, never over another. Returns 0; or -1 after an error, and then the
 * folder is gone. */
int folder_commit(struct folder *folder);

/* Removes all that was written. */
void folder_abandon(struct folder *folder);

/* Commits the folder, or abandons it where writing has failed. Returns 0 or -1. */
int folder_finish(struct folder *folder, int failed);

#endif
