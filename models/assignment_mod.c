#include "models/assignment_mod.h"

#if __SIZEOF_SIZE_T__ == 8
#define SIZE ".quad "
#else
#define SIZE ".long "
#endif

/* The path is seen from where the compiler runs, the root of the tree. */
__asm__(".pushsection .rodata\n"
	"\t.globl assignment_mod, assignment_mod_size\n"
	"assignment_mod:\n"
	"\t.incbin \"models/assignment.mod\"\n"
	"0:\n"
	"\t.byte 0\n"
	"\t.balign 8\n"
	"assignment_mod_size:\n"
	"\t" SIZE "0b - assignment_mod\n"
	"\t.popsection\n");
