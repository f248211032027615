/* sortie validate: can this instance be read? */
#include <inttypes.h>

#include "cli/cli.h"
#include "cli/say.h"
#include "io/read_instance.h"

static void counted(struct text *text, const char *before, int64_t n, const char *one, const char *many)
{
    text_addf(text, "%s%" PRId64 " %s", before, n, n == 1 ? one : many);
}

static void describe(const struct instance *inst, struct text *text)
{
    int64_t pax = 0;
    for (size_t i = 0; i < inst->n_demands; i++)
        pax += inst->demand[i].pax;
    text_addf(text, "valid: ");
    counted(text, "", (int64_t)inst->n_airfields, "airfield", "airfields");
    counted(text, ", ", (int64_t)inst->n_types, "type", "types");
    counted(text, ", ", (int64_t)inst->n_airframes, "airframe", "airframes");
    counted(text, ", ", (int64_t)inst->n_crews, "crew", "crews");
    counted(text, ", ", (int64_t)inst->n_demands, "demand", "demands");
    counted(text, " of ", pax, "passenger", "passengers");
    counted(text, ", ", (int64_t)inst->n_limits, "limit", "limits");
    counted(text, ", ", (int64_t)inst->committed.n_missions, "committed mission", "committed missions");
    text_add(text, "\n", 1);
}

int cmd_validate(const struct options *options)
{
    struct instance inst;
    struct error err;
    char *faults = NULL;
    error_init(&err);
    if (!read_instance(options->file[0], &inst, &faults, &err))
        return fail_with_faults(faults, &err);
    struct text text;
    text_init(&text);
    describe(&inst, &text);
    instance_release(&inst);
    return answer_text(&text);
}
