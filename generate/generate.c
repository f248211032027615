#include "generate/generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate/chance.h"
#include "generate/sketch.h"

const struct family *family_find(const char *name)
{
    for (const struct family *family = families; family->name; family++)
        if (strcmp(family->name, name) == 0)
            return family;
    return NULL;
}

bool generate_instance(const struct family *family, uint64_t seed, int draw, const struct knobs *knobs, struct text *to,
                       struct error *err)
{
    struct chance chance = {seed};
    struct sketch *sketch = calloc(1, sizeof *sketch);
    if (!sketch)
        return error_set(err, ERR_MEMORY, "out of memory");
    for (const char *c = family->name; *c; c++) /* families of one seed have nothing in common */
        chance.state = chance_draw(&chance) ^ (uint64_t)(unsigned char)*c;
    for (int i = 1; i < draw; i++)
        chance.state = chance_draw(&chance);
    int n = snprintf(sketch->name, sizeof sketch->name, "%s, seed %llu, size %d", family->name,
                     (unsigned long long)seed, (int)knobs->size);
    if (draw > 1)
        snprintf(sketch->name + n, sizeof sketch->name - (size_t)n, ", draw %d", draw);
    sketch->days = knobs->days;
    family->fill(sketch, knobs, &chance);
    sketch_write(sketch, to);
    free(sketch);
    return !to->failed || error_set(err, ERR_MEMORY, "out of memory");
}
