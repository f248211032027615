#include "solver/certify.h"

#include <stdlib.h>
#include <string.h>

#include "solver/quick_bound.h"

static bool take_groups(struct certificate *c, const struct instance *inst, const struct groups *groups)
{
    c->airframe_group = malloc((inst->n_airframes + 1) * sizeof *c->airframe_group);
    c->crew_group = malloc((inst->n_crews + 1) * sizeof *c->crew_group);
    if (!c->airframe_group || !c->crew_group)
        return false;
    for (size_t i = 0; i < inst->n_airframes; i++)
        c->airframe_group[i] = groups ? groups->airframe_group[i] : (int32_t)i;
    for (size_t i = 0; i < inst->n_crews; i++)
        c->crew_group[i] = groups ? groups->crew_group[i] : (int32_t)i;
    return true;
}

/* Those of n that are marked. False: out of memory. */
static bool take_marked(int32_t **to, size_t *n_to, const bool *has, size_t n)
{
    *to = malloc((n + 1) * sizeof **to);
    for (size_t i = 0; *to && i < n; i++)
        if (has[i])
            (*to)[(*n_to)++] = (int32_t)i;
    return *to;
}

static bool take_set(struct certificate_row *to, const struct instance *inst, const bool *has, int32_t size)
{
    to->size = size;
    return take_marked(&to->demand, &to->n_demands, has, inst->n_demands);
}

static bool failed(struct certificate *c)
{
    certificate_release(c);
    c->failed = true;
    return false;
}

bool certify_root(struct certificate *c, const struct master *m, cent_t bound)
{
    if (!c || !c->wanted || bound <= c->bound)
        return true;
    certificate_release(c);
    c->bound = bound;
    c->row = calloc(m->n_rows + 1, sizeof *c->row);
    if (!c->row || !take_groups(c, m->inst, m->groups))
        return failed(c);
    for (size_t i = 0; i < m->n_rows; i++) {
        const struct row *row = &m->row[i];
        if (m->dual[i] == 0 || row->kind == ROW_BRANCH)
            continue;
        struct certificate_row *to = &c->row[c->n_rows++];
        *to = (struct certificate_row){.kind = row_kind_text(row->kind),
                                       .a = row->a,
                                       .b = row->b,
                                       .at = row->at,
                                       .span = row->span > 1 ? row->span : 1,
                                       .rhs = row->rhs,
                                       .dual = m->dual[i]};
        row_name(row, to->name, sizeof to->name);
        if (row->kind == ROW_LOADS && !take_set(to, m->inst, m->load[row->a].has, row->b))
            return failed(c);
        if (row->kind == ROW_CROSSING &&
            (!take_set(to, m->inst, m->crossing[row->a].has, row->b) ||
             !take_marked(&to->inside, &to->n_inside, m->crossing[row->a].inside, m->inst->n_airfields)))
            return failed(c);
    }
    return true;
}

bool certify_quick(struct certificate *c, const struct instance *inst)
{
    if (!c || !c->wanted)
        return true;
    certificate_release(c);
    double *share = malloc((inst->n_demands + 1) * sizeof *share);
    c->row = calloc(inst->n_demands + 1, sizeof *c->row);
    bool ok = share && c->row && take_groups(c, inst, NULL);
    c->bound = quick_bound(inst);
    if (ok && c->bound > 0 && quick_shares(inst, share)) {
        for (size_t d = 0; d < inst->n_demands; d++) {
            struct row row = {.kind = ROW_DEMAND, .a = (int32_t)d, .span = 1};
            struct certificate_row *to = &c->row[c->n_rows++];
            *to = (struct certificate_row){.kind = row_kind_text(row.kind),
                                           .a = row.a,
                                           .span = 1,
                                           .rhs = inst->demand[d].pax,
                                           .dual = share[d] / 100.0 * (1 - 1e-12)};
            row_name(&row, to->name, sizeof to->name);
        }
    }
    free(share);
    return ok || failed(c);
}
