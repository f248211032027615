/* Instances by seed, in families that differ in what is scarce. */
#ifndef SORTIE_GENERATE_GENERATE_H
#define SORTIE_GENERATE_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

#include "io/show_text.h"
#include "model/error.h"

struct sketch;
struct chance;

/* Tightness in thousandths: 0 nothing is scarce, 1000 as scarce as it gets. */
struct knobs {
    int32_t size; /* demands */
    int32_t days; /* of the horizon */
    int32_t windows, fleet, caps;
};

struct family {
    const char *name;
    const char *summary;
    void (*fill)(struct sketch *sketch, const struct knobs *knobs, struct chance *chance);
};

/* NULL at the end: name NULL. */
extern const struct family families[];

/* NULL where there is none of that name. */
const struct family *family_find(const char *name);

/* Writes the instance to `to`: the same bytes for the same arguments, on any machine. A seed has as many instances as
 * there are draws, from 1 on. Knobs: size 1 to 2000, days 1 to 60, the others 0 to 1000. The reader takes what is
 * written. */
bool generate_instance(const struct family *family, uint64_t seed, int draw, const struct knobs *knobs, struct text *to,
                       struct error *err);

#endif
