/* The formats that a schedule can be exported to: a line here, a file of its own each. */
#ifndef SORTIE_EXPORT_FORMAT_H
#define SORTIE_EXPORT_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "export/settings.h"
#include "export/sink.h"
#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

#define EXPORT_FORMATS(X) X(csv) X(ics) X(geojson) X(kml) X(ssim) X(fpl) X(udl)

/* What is exported. The plan has a schedule; it need not be valid. */
struct export_job {
    const struct instance *inst;
    const struct plan *plan;
    struct settings settings;
    int64_t revised; /* Unix time: when the schedule was last changed */
};

struct export_format {
    const char *name;
    const char *summary;
    const struct setting *settings; /* ends with a key of NULL */

    /* Writes one document into the sink, from sink_begin to sink_end. */
    bool (*write)(const struct export_job *job, struct sink *to, struct error *err);

    /* The same as several files in a folder; NULL where the format is one document always. */
    bool (*write_folder)(const struct export_job *job, struct sink *to, struct error *err);
};

#define X(name) extern const struct export_format format_##name;
EXPORT_FORMATS(X)
#undef X

/* All formats, NULL at the end. */
extern const struct export_format *const export_formats[];

/* The format of that name; NULL with ERR_USAGE where there is none. */
const struct export_format *export_format_find(const char *name, struct error *err);

/* Writes the job in that format, as the sink is a folder or not; a folder is for formats with `write_folder` alone. */
bool export_run(const struct export_format *format, const struct export_job *job, struct sink *to, struct error *err);

#endif
