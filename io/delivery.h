/* What becomes of each demand in a schedule. */
#ifndef SORTIE_IO_DELIVERY_H
#define SORTIE_IO_DELIVERY_H

#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

struct delivery {
    int64_t moved;     /* passengers; more than there are in a schedule that is not valid */
    sec_t first, last; /* start of unloading; SEC_NONE where nobody is moved */
};

/* [n_demands], the caller frees; NULL with `err` set when memory ran out. Looks past rides and stops that are out of
 * range. */
struct delivery *deliveries(const struct instance *inst, const struct schedule *schedule, struct error *err);

#endif
