/* A schedule as one HTML file for people: it needs no network, and no program but a browser. */
#ifndef SORTIE_EXPORT_REPORT_H
#define SORTIE_EXPORT_REPORT_H

#include <stdbool.h>

#include "export/sink.h"
#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

struct report {
    const struct instance *inst;
    const struct plan *plan; /* has a schedule; it need not be valid */
    const char *breaches;    /* what is wrong with it, a line each; "" where nothing is */
};

/* Writes one document into the sink. What is shown depends on the arguments alone. */
bool report_write(const struct report *report, struct sink *to, struct error *err);

#endif
