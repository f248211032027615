#include "export/format.h"

#include <string.h>

#include "io/suggest.h"

const struct export_format *const export_formats[] = {
#define X(name) &format_##name,
    EXPORT_FORMATS(X)
#undef X
        NULL,
};

const struct export_format *export_format_find(const char *name, struct error *err)
{
    struct suggestion meant;
    suggestion_init(&meant, name);
    for (const struct export_format *const *at = export_formats; *at != NULL; at++) {
        if (strcmp((*at)->name, name) == 0)
            return *at;
        suggestion_try(&meant, (*at)->name);
    }
    if (meant.best != NULL)
        error_set(err, ERR_USAGE, "unknown format \"%.200s\"; did you mean \"%s\"?", name, meant.best);
    else
        error_set(err, ERR_USAGE, "unknown format \"%.200s\"; see sortie export --help", name);
    return NULL;
}

bool export_run(const struct export_format *format, const struct export_job *job, struct sink *to, struct error *err)
{
    return to->is_folder ? format->write_folder(job, to, err) : format->write(job, to, err);
}
