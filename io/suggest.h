/* "did you mean": the nearest of some names. */
#ifndef SORTIE_IO_SUGGEST_H
#define SORTIE_IO_SUGGEST_H

#include <stddef.h>

struct suggestion {
    const char *wanted;
    size_t length;
    const char *best; /* NULL: nothing near */
    size_t distance;
    size_t n_tried;
};

void suggestion_init(struct suggestion *suggestion, const char *wanted);
void suggestion_try(struct suggestion *suggestion, const char *name);

#endif
