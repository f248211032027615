/* How far each limit is used up in each of its periods. */
#ifndef SORTIE_EXPORT_REPORT_LIMITS_H
#define SORTIE_EXPORT_REPORT_LIMITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

/* An arrival, or passengers whose unloading starts, at one airfield. */
struct limit_event {
    sec_t at;
    int32_t airfield;
    int64_t arrivals, pax;
};

struct limit_counts {
    const struct instance *inst;
    struct limit_event *event; /* [n], by instant */
    size_t n;
};

bool limit_counts_init(struct limit_counts *counts, const struct instance *inst, const struct schedule *schedule,
                       struct error *err);
void limit_counts_release(struct limit_counts *counts);

struct limit_count {
    int64_t arrivals, pax;
};

/* What counts in the limit's period `cap`. */
struct limit_count limit_count(const struct limit_counts *counts, const struct limit *limit, const struct cap *cap);

#endif
