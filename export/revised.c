#include "export/revised.h"

#include <string.h>

#include "io/instant.h"

enum { MOST_SEQUENCE = INT32_MAX };

static const int64_t year_2000 = 946684800;

static bool parse_sequence(const char *text, int64_t *value)
{
    size_t size = strlen(text);
    if (size == 0 || size > 10 || text[strspn(text, "0123456789")] != '\0')
        return false;
    for (*value = 0; *text != '\0'; text++)
        *value = *value * 10 + (*text - '0');
    return *value <= MOST_SEQUENCE;
}

bool revision_get(const struct export_job *job, struct revision *revision, struct error *err)
{
    const char *revised = settings_of(&job->settings, "revised", "");
    const char *sequence = settings_of(&job->settings, "sequence", "");
    revision->at = job->revised < year_2000 ? year_2000 : job->revised;
    if (revised != NULL && (!instant_parse(revised, &revision->at) || revision->at < year_2000 ||
                            revision->at - year_2000 > MOST_SEQUENCE))
        return error_set(err, ERR_USAGE,
                         "revised must be an instant as 2026-03-01T12:00:00Z, from 2000 to 2067, got \"%.200s\"",
                         revised);
    revision->sequence = revision->at - year_2000;
    if (sequence != NULL && !parse_sequence(sequence, &revision->sequence))
        return error_set(err, ERR_USAGE, "sequence must be a whole number from 0 to %d, got \"%.200s\"", MOST_SEQUENCE,
                         sequence);
    return true;
}
