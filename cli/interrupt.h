/* Ctrl-C, or SIGTERM: the first asks for the best so far, the second ends the program at once with status 130. */
#ifndef SORTIE_CLI_INTERRUPT_H
#define SORTIE_CLI_INTERRUPT_H

#include <stdatomic.h>
#include <stdbool.h>

/* Non-zero once the user has asked to stop; every thread looks. */
extern atomic_int interrupted;

bool interrupt_catch(void);

/* Between the two, signals wait: nothing half-written is left behind. */
void interrupt_hold(void);
void interrupt_let(void);

#endif
