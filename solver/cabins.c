#include "solver/cabins.h"

#include <stdlib.h>

enum {
    MOST_GROUPS = 16, /* of people who share no zone with others; where there are more, nothing is refused for it */
    MOST_ZONES = 12   /* that are shared out exactly */
};

/* One configuration. */
struct hold {
    int64_t seats, zone_seats; /* of the configuration, of all its zones */
    gram_t largest;            /* of all positions */
    bool layout;
    int32_t *zone; /* [n_zones] seats, falling */
    size_t n_zones;
};

struct cabins {
    const struct instance *inst;
    struct hold *hold; /* [n] */
    size_t n;
};

static int falling(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x < y) - (x > y);
}

static bool hold_init(struct hold *h, const struct configuration *c)
{
    *h = (struct hold){.seats = c->seats, .layout = c->cabin != NULL};
    if (!c->cabin)
        return true;
    h->zone = calloc(c->cabin->n_zones + 1, sizeof *h->zone);
    if (!h->zone)
        return false;
    for (; h->n_zones < c->cabin->n_zones; h->n_zones++) {
        h->zone[h->n_zones] = c->cabin->zone[h->n_zones].seats;
        h->zone_seats += h->zone[h->n_zones];
    }
    qsort(h->zone, h->n_zones, sizeof *h->zone, falling);
    for (size_t q = 0; q < c->cabin->n_positions; q++)
        h->largest += c->cabin->position[q].largest;
    return true;
}

bool cabins_new(struct cabins **cabins, const struct instance *inst, int32_t type)
{
    const struct aircraft_type *t = &inst->type[type];
    int32_t most = 0, free_of_it = -1;
    *cabins = NULL;
    for (size_t c = 0; c < t->n_configurations; c++) {
        int32_t seats = t->configuration[c].seats;
        most = seats > most ? seats : most;
        free_of_it = !t->configuration[c].cabin && seats > free_of_it ? seats : free_of_it;
    }
    if (free_of_it >= most)
        return true;
    struct cabins *new = calloc(1, sizeof *new);
    if (!new)
        return false;
    new->inst = inst;
    new->hold = calloc(t->n_configurations + 1, sizeof *new->hold);
    bool ok = new->hold != NULL;
    for (; ok && new->n < t->n_configurations; new->n += ok)
        ok = hold_init(&new->hold[new->n], &t->configuration[new->n]);
    if (!ok) {
        cabins_free(new);
        return false;
    }
    *cabins = new;
    return true;
}

void cabins_free(struct cabins *cabins)
{
    if (!cabins)
        return;
    for (size_t i = 0; i < cabins->n; i++)
        free(cabins->hold[i].zone);
    free(cabins->hold);
    free(cabins);
}

/* --- people who share no zone --- */

/* People of one category, or of one demand where demands of its category share no zone either. */
struct group {
    int32_t category, demand; /* demand -1: all of the category */
    int64_t people;
};

static bool categories_apart(const struct instance *inst, int32_t a, int32_t b)
{
    size_t at = (size_t)a * inst->n_categories + (size_t)b;
    return (inst->rules.apart && inst->rules.apart[at]) || (inst->rules.zones_apart && inst->rules.zones_apart[at]);
}

bool cabins_separate(const struct cabins *cabins)
{
    const struct instance *inst = cabins->inst;
    for (int32_t a = 0; a < (int32_t)inst->n_categories; a++)
        for (int32_t b = 0; b < (int32_t)inst->n_categories; b++)
            if (categories_apart(inst, a, b))
                return true;
    return false;
}

static int64_t people_of(const struct instance *inst, const struct aboard *a)
{
    return a->pax + demand_escorts(&inst->demand[a->demand], a->pax);
}

/* The groups of a leg, those of most people first; how many. */
static size_t gather(const struct instance *inst, const struct aboard *a, size_t n, struct group *group)
{
    size_t groups = 0;
    for (size_t i = 0; i < n; i++) {
        int32_t p = inst->demand[a[i].demand].category;
        if (p < 0)
            continue;
        bool alone = categories_apart(inst, p, p);
        size_t g = 0;
        while (g < groups && (alone || group[g].category != p))
            g++;
        if (g == groups) {
            if (groups == MOST_GROUPS)
                return 0;
            group[groups++] = (struct group){p, alone ? a[i].demand : -1, 0};
        }
        group[g].people += people_of(inst, &a[i]);
        for (; g > 0 && group[g - 1].people < group[g].people; g--) {
            struct group swap = group[g];
            group[g] = group[g - 1];
            group[g - 1] = swap;
        }
    }
    return groups;
}

/* Those who share no zone with group `first` nor with each other; their people. */
static size_t clique_of(const struct instance *inst, const struct group *group, size_t n, size_t first, int64_t *need)
{
    size_t member[MOST_GROUPS] = {first}, k = 1;
    for (size_t g = 0; g < n; g++) {
        bool apart = g != first;
        for (size_t i = 0; i < k && apart; i++)
            apart = categories_apart(inst, group[g].category, group[member[i]].category);
        if (apart)
            member[k++] = g;
    }
    for (size_t i = 0; i < k; i++)
        need[i] = group[member[i]].people;
    return k;
}

/* Whether zones can be given to groups, each zone to one. Of a set of zones it is enough to know how far they get,
 * group after group: as many groups seated as can be, then as many people of the next. */
static bool share_out(const struct hold *h, const int64_t *need, size_t n)
{
    struct {
        uint8_t groups;
        int64_t seated;
    } far[1 << MOST_ZONES];
    far[0].groups = 0;
    far[0].seated = 0;
    for (size_t set = 1; set < (size_t)1 << h->n_zones; set++) {
        far[set].groups = 0;
        far[set].seated = -1;
        for (size_t z = 0; z < h->n_zones; z++) {
            if (!(set >> z & 1))
                continue;
            uint8_t groups = far[set ^ (size_t)1 << z].groups;
            int64_t seated = far[set ^ (size_t)1 << z].seated + h->zone[z];
            if (seated >= need[groups])
                groups++, seated = 0;
            if (groups == n)
                return true;
            if (groups > far[set].groups || (groups == far[set].groups && seated > far[set].seated)) {
                far[set].groups = groups;
                far[set].seated = seated;
            }
        }
    }
    return false;
}

static bool zones_suffice(const struct hold *h, const int64_t *need, size_t n)
{
    int64_t least = 0, most = 0;
    if (h->n_zones == 0 || h->zone[0] == 0)
        return false;
    int32_t largest = h->zone[0], smallest = h->zone[h->n_zones - 1];
    for (size_t i = 0; i < n; i++) {
        least += (need[i] + largest - 1) / largest;
        most += smallest > 0 ? (need[i] + smallest - 1) / smallest : INT32_MAX;
    }
    if (least > (int64_t)h->n_zones)
        return false;
    return most <= (int64_t)h->n_zones || h->n_zones > MOST_ZONES || share_out(h, need, n);
}

static bool separate(const struct instance *inst, const struct hold *h, const struct group *group, size_t n)
{
    int64_t need[MOST_GROUPS];
    for (size_t g = 0; g < n; g++) {
        size_t k = clique_of(inst, group, n, g, need);
        if (k > 1 && !zones_suffice(h, need, k))
            return false;
    }
    return true;
}

gram_t cabins_cargo(const struct cabins *cabins)
{
    gram_t most = 0;
    for (size_t i = 0; i < cabins->n; i++) {
        gram_t holds = cabins->hold[i].layout ? cabins->hold[i].largest : INT64_MAX;
        most = holds > most ? holds : most;
    }
    return most;
}

bool cabins_hold(const struct cabins *cabins, const struct aboard *a, size_t n)
{
    const struct instance *inst = cabins->inst;
    struct group group[MOST_GROUPS];
    int64_t people = 0;
    gram_t cargo = 0;
    for (size_t i = 0; i < n; i++) {
        const struct demand *d = &inst->demand[a[i].demand];
        people += people_of(inst, &a[i]);
        cargo += demand_cargo(d, a[i].pax);
    }
    size_t groups = gather(inst, a, n, group);
    for (size_t i = 0; i < cabins->n; i++) {
        const struct hold *h = &cabins->hold[i];
        if (people > h->seats)
            continue;
        if (!h->layout || (people <= h->zone_seats && cargo <= h->largest && separate(inst, h, group, groups)))
            return true;
    }
    return false;
}
