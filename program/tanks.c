#include "program/tanks.h"

#include <stdlib.h>
#include <string.h>

#include "program/binds.h"

enum { MOST_STATES = 400 };

/* R5: range at a payload, in the words of docs/rules.md; -1 beyond the curve. */
static mnm_t range_at(const struct aircraft_type *type, gram_t payload)
{
    const struct range_point *p = type->range;
    size_t i = 0;
    while (i < type->n_range && p[i].payload < payload)
        i++;
    if (i == 0)
        return p[0].range;
    if (i == type->n_range)
        return -1;
    __extension__ typedef __int128 wide;
    int64_t rise = p[i].payload - p[i - 1].payload;
    wide loss = (wide)(p[i - 1].range - p[i].range) * (payload - p[i - 1].payload);
    return p[i - 1].range - (mnm_t)((loss + rise - 1) / rise);
}

gram_t tanks_carry(const struct tanks *tanks, mnm_t nm)
{
    const struct aircraft_type *type = &tanks->inst->type[tanks->type];
    gram_t low = 0, high = type->range[type->n_range - 1].payload;
    if (range_at(type, 0) < nm)
        return -1;
    high = high < tanks->heaviest ? high : tanks->heaviest;
    while (low < high) {
        gram_t middle = low + (high - low + 1) / 2;
        if (range_at(type, middle) >= nm)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

/* Adds what is not there yet to a sorted list. */
struct list {
    mnm_t *at;
    size_t n, room;
};

static bool note(struct list *list, mnm_t nm)
{
    size_t i = 0;
    while (i < list->n && list->at[i] < nm)
        i++;
    if (i < list->n && list->at[i] == nm)
        return true;
    if (list->n == list->room) {
        size_t room = list->room ? 2 * list->room : 16;
        mnm_t *grown = realloc(list->at, room * sizeof *grown);
        if (!grown)
            return false;
        list->at = grown;
        list->room = room;
    }
    memmove(&list->at[i + 1], &list->at[i], (list->n - i) * sizeof *list->at);
    list->at[i] = nm;
    list->n++;
    return true;
}

static const struct leg *leg_of(const struct tanks *t, size_t from, size_t to)
{
    const struct leg *leg = instance_leg(t->inst, t->type, (int32_t)from, (int32_t)to);
    return leg->block > 0 && leg->nm <= t->inst->type[t->type].range[0].range ? leg : NULL;
}

/* flown[f]: what may have been flown since fuel by a landing at f, or 0 where an airframe stands there at first. */
static bool list_flown(const struct tanks *t, struct list *flown, bool *too_many)
{
    size_t n = t->inst->n_airfields;
    mnm_t range = t->inst->type[t->type].range[0].range;
    for (size_t a = 0; a < t->inst->n_airframes; a++)
        if (t->inst->airframe[a].type == t->type && !note(&flown[t->inst->airframe[a].at], 0))
            return false;
    for (size_t before = SIZE_MAX, all = 0; before != all && !*too_many;) {
        before = all;
        for (size_t f = 0; f < n; f++)
            for (size_t g = 0; g < n; g++) {
                const struct leg *leg = leg_of(t, f, g);
                if (!leg || t->inst->airfield[g].has_fuel)
                    continue;
                *too_many = *too_many || leg->nm == 0; /* 0 is for full tanks */
                if (t->inst->airfield[f].has_fuel && !note(&flown[g], leg->nm))
                    return false;
                for (size_t i = 0; i < flown[f].n && !t->inst->airfield[f].has_fuel && flown[g].n <= MOST_STATES; i++)
                    if (flown[f].at[i] + leg->nm <= range && !note(&flown[g], flown[f].at[i] + leg->nm))
                        return false;
            }
        all = 0;
        for (size_t f = 0; f < n; f++) {
            all += flown[f].n;
            *too_many = *too_many || flown[f].n > MOST_STATES;
        }
    }
    return true;
}

/* What a stretch may come to in all: flown by a landing without fuel, or one leg more. */
static bool list_totals(const struct tanks *t, const struct list *flown, struct list *total)
{
    mnm_t range = t->inst->type[t->type].range[0].range;
    for (size_t f = 0; f < t->inst->n_airfields; f++)
        for (size_t i = 0; i < flown[f].n && !t->inst->airfield[f].has_fuel; i++) {
            if (!note(total, flown[f].at[i]))
                return false;
            for (size_t g = 0; g < t->inst->n_airfields; g++) {
                const struct leg *leg = leg_of(t, f, g);
                if (leg && flown[f].at[i] + leg->nm <= range && !note(total, flown[f].at[i] + leg->nm))
                    return false;
            }
        }
    size_t n = 0; /* of those with one payload the largest says as much as all */
    for (size_t i = 0; i < total->n; i++)
        if (i + 1 == total->n || tanks_carry(t, total->at[i]) != tanks_carry(t, total->at[i + 1]))
            total->at[n++] = total->at[i];
    total->n = n;
    return true;
}

static bool list_states(struct tanks *t, const struct list *flown, const struct list *total, bool *too_many)
{
    for (size_t f = 0; f < t->inst->n_airfields; f++) {
        if (t->inst->airfield[f].has_fuel)
            continue;
        t->state[f] = calloc(flown[f].n * total->n + 1, sizeof **t->state);
        if (!t->state[f])
            return false;
        for (size_t i = 0; i < flown[f].n; i++)
            for (size_t k = 0; k < total->n; k++)
                if (flown[f].at[i] > 0 && total->at[k] >= flown[f].at[i])
                    t->state[f][t->n_states[f]++] = (struct program_tanks){flown[f].at[i], total->at[k]};
        *too_many = *too_many || t->n_states[f] > MOST_STATES;
    }
    return true;
}

bool tanks_init(struct tanks *tanks, const struct instance *inst, int32_t type, bool *too_many)
{
    int32_t configuration, seats = type_seats(&inst->type[type], &configuration);
    *tanks = (struct tanks){.inst = inst, .type = type};
    gram_t each = 0;
    for (size_t d = 0; d < inst->n_demands; d++) {
        const struct demand *demand = &inst->demand[d];
        gram_t one = demand->pax_mass + (demand->freight + demand->pax - 1) / demand->pax;
        each = one > each ? one : each;
        each = demand->escort_per > 0 && demand->escort_mass > each ? demand->escort_mass : each;
    }
    tanks->heaviest = each * seats + (gram_t)inst->n_demands;
    tanks->state = calloc(inst->n_airfields + 1, sizeof(struct program_tanks *));
    tanks->n_states = calloc(inst->n_airfields + 1, sizeof *tanks->n_states);
    struct list *flown = calloc(inst->n_airfields + 1, sizeof *flown), total = {0};
    bool ok = tanks->state && tanks->n_states && flown && list_flown(tanks, flown, too_many);
    ok = ok && !*too_many && list_totals(tanks, flown, &total) && list_states(tanks, flown, &total, too_many);
    for (size_t f = 0; flown && f < inst->n_airfields; f++)
        free(flown[f].at);
    free(flown);
    free(total.at);
    return ok && !*too_many;
}

void tanks_release(struct tanks *tanks)
{
    for (size_t f = 0; tanks->state && f < tanks->inst->n_airfields; f++)
        free(tanks->state[f]);
    free(tanks->state);
    free(tanks->n_states);
    memset(tanks, 0, sizeof *tanks);
}
