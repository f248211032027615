#include "loadplan/planner.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "loadplan/exact.h"
#include "loadplan/greedy.h"

enum { MOST_ENTRIES = 1 << 16, N_SLOTS = 1 << 17 };

/* What was found out about one load in one configuration. */
struct entry {
    int32_t *key; /* [n_key] */
    size_t n_key;
    uint64_t hash;
    enum load_answer answer;
    struct load_plan *plan;
};

struct load_planner {
    const struct instance *inst;
    pthread_mutex_t lock; /* of all below */
    struct entry *entry;  /* [N_SLOTS] open addressing; no key: free */
    size_t n;
    int32_t *key; /* scratch */
    size_t room;
};

struct load_planner *load_planner_new(const struct instance *inst)
{
    struct load_planner *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    p->inst = inst;
    pthread_mutex_init(&p->lock, NULL);
    p->entry = load_planning(inst) ? calloc(N_SLOTS, sizeof *p->entry) : NULL;
    if (p->entry || !load_planning(inst))
        return p;
    free(p);
    return NULL;
}

static void forget(struct load_planner *p)
{
    for (size_t i = 0; i < N_SLOTS && p->n > 0; i++) {
        free(p->entry[i].key);
        load_plan_free(p->entry[i].plan);
        p->entry[i] = (struct entry){0};
    }
    p->n = 0;
}

void load_planner_free(struct load_planner *p)
{
    if (!p)
        return;
    forget(p);
    free(p->entry);
    free(p->key);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

bool load_planning(const struct instance *inst)
{
    for (size_t t = 0; t < inst->n_types; t++)
        for (size_t c = 0; c < inst->type[t].n_configurations; c++)
            if (inst->type[t].configuration[c].cabin)
                return true;
    return false;
}

/* --- one load --- */

/* Plans with what is quick; the program where that finds nothing. */
static enum load_answer plan_any(const struct load_task *t, struct placing *best)
{
    bool found = false;
    if (!greedy_place(t, true, best, &found))
        return LOAD_NO_MEMORY;
    if (found)
        return LOAD_PLANNED;
    struct load_goals bound;
    switch (exact_place(t, true, LOAD_NODES, best, false, &bound)) {
    case EXACT_BEST:
    case EXACT_FOUND:
        return LOAD_PLANNED;
    case EXACT_IMPOSSIBLE:
        return LOAD_IMPOSSIBLE;
    default:
        return LOAD_UNKNOWN;
    }
}

static enum load_answer plan_best(const struct load_task *t, int nodes, struct placing *best, bool *proven,
                                  struct load_goals *bound)
{
    bool found = false;
    *proven = false;
    if (!greedy_place(t, false, best, &found))
        return LOAD_NO_MEMORY;
    switch (exact_place(t, false, nodes, best, found, bound)) {
    case EXACT_BEST:
        *proven = true;
        return LOAD_PLANNED;
    case EXACT_FOUND:
        return LOAD_PLANNED;
    case EXACT_IMPOSSIBLE:
        return LOAD_IMPOSSIBLE;
    default:
        return found ? LOAD_PLANNED : LOAD_UNKNOWN;
    }
}

/* nodes 0: any plan. */
static enum load_answer plan_mission(const struct instance *inst, const struct cabin *cabin, const struct mission *m,
                                     int nodes, struct load_plan **plan)
{
    struct load_task task;
    struct placing best;
    bool proven = false;
    struct load_goals bound = {0};
    *plan = NULL;
    if (!load_task_init(&task, inst, cabin, m))
        return LOAD_NO_MEMORY;
    enum load_answer answer = LOAD_NO_MEMORY;
    if (placing_init(&best, &task)) {
        answer = nodes > 0 ? plan_best(&task, nodes, &best, &proven, &bound) : plan_any(&task, &best);
        if (answer == LOAD_PLANNED)
            *plan = placing_to_plan(&task, &best);
        if (answer == LOAD_PLANNED && !*plan)
            answer = LOAD_NO_MEMORY;
        if (*plan)
            (*plan)->proven = proven, (*plan)->bound = proven ? (struct load_goals){0} : bound;
        placing_release(&best);
    }
    load_task_release(&task);
    return answer;
}

enum load_answer load_plan_best(const struct instance *inst, const struct mission *m, int nodes,
                                struct load_plan **plan)
{
    const struct cabin *cabin = inst->type[inst->airframe[m->airframe].type].configuration[m->configuration].cabin;
    *plan = NULL;
    return cabin ? plan_mission(inst, cabin, m, nodes, plan) : LOAD_PLANNED;
}

/* --- remembered loads --- */

static bool key_room(struct load_planner *p, size_t n)
{
    if (n <= p->room)
        return true;
    int32_t *grown = realloc(p->key, 2 * n * sizeof *grown);
    if (!grown)
        return false;
    p->key = grown;
    p->room = 2 * n;
    return true;
}

/* Type, configuration, sorties and rides: all that a load plan depends on. 0: out of memory. */
static size_t make_key(struct load_planner *p, int32_t type, int32_t configuration, const struct mission *m)
{
    size_t n = 0;
    if (!key_room(p, 3 + 4 * m->n_rides))
        return 0;
    p->key[n++] = type;
    p->key[n++] = configuration;
    p->key[n++] = (int32_t)m->n_stops;
    for (size_t r = 0; r < m->n_rides; r++) {
        p->key[n++] = m->ride[r].demand;
        p->key[n++] = m->ride[r].pax;
        p->key[n++] = m->ride[r].from_stop;
        p->key[n++] = m->ride[r].to_stop;
    }
    return n;
}

static uint64_t hash_of(const int32_t *key, size_t n)
{
    uint64_t h = 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < n; i++) {
        h ^= (uint32_t)key[i];
        h *= 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

/* The entry of the key, or the free one where it goes. */
static struct entry *find(struct load_planner *p, uint64_t hash, const int32_t *key, size_t n)
{
    for (size_t i = hash % N_SLOTS;; i = (i + 1) % N_SLOTS) {
        struct entry *e = &p->entry[i];
        if (!e->key || (e->hash == hash && e->n_key == n && memcmp(e->key, key, n * sizeof *key) == 0))
            return e;
    }
}

/* What is known of a load; *keep, unless keep is NULL, becomes a copy of its plan. */
static enum load_answer tell(const struct entry *e, struct load_plan **keep)
{
    if (e->answer == LOAD_PLANNED && keep && !(*keep = load_plan_copy(e->plan)))
        return LOAD_NO_MEMORY;
    return e->answer;
}

/* Remembers the answer for the key, taking both plan and key over, unless another thread did meanwhile. */
static const struct entry *remember(struct load_planner *p, uint64_t hash, int32_t *key, size_t n,
                                    enum load_answer answer, struct load_plan *plan)
{
    if (p->n >= MOST_ENTRIES)
        forget(p);
    struct entry *e = find(p, hash, key, n);
    if (e->key) {
        free(key);
        load_plan_free(plan);
        return e;
    }
    *e = (struct entry){key, n, hash, answer, plan};
    p->n++;
    return e;
}

/* One load in one configuration with a cabin. It is planned without the lock: others may ask meanwhile. */
static enum load_answer ask_configuration(struct load_planner *p, int32_t type, int32_t configuration,
                                          const struct mission *m, struct load_plan **keep)
{
    pthread_mutex_lock(&p->lock);
    size_t n = make_key(p, type, configuration, m);
    uint64_t hash = hash_of(p->key, n);
    const struct entry *e = n > 0 ? find(p, hash, p->key, n) : NULL;
    enum load_answer answer = e && e->key ? tell(e, keep) : LOAD_NO_MEMORY;
    int32_t *key = e && !e->key ? malloc(n * sizeof *key) : NULL;
    if (key)
        memcpy(key, p->key, n * sizeof *key);
    pthread_mutex_unlock(&p->lock);
    if (!key)
        return answer;
    struct load_plan *plan;
    answer = plan_mission(p->inst, p->inst->type[type].configuration[configuration].cabin, m, 0, &plan);
    if (answer == LOAD_NO_MEMORY) {
        free(key);
        return answer;
    }
    pthread_mutex_lock(&p->lock);
    answer = tell(remember(p, hash, key, n, answer, plan), keep);
    pthread_mutex_unlock(&p->lock);
    return answer;
}

/* Most people aboard at once. */
static int64_t seats_needed(const struct instance *inst, const struct mission *m)
{
    int64_t most = 0;
    for (int32_t s = 0; s + 1 < (int32_t)m->n_stops; s++) {
        int64_t seats = 0;
        for (size_t r = 0; r < m->n_rides; r++) {
            const struct ride *p = &m->ride[r];
            int64_t same = 0;
            bool counted = false;
            for (size_t k = 0; k < m->n_rides && p->from_stop <= s && s < p->to_stop; k++)
                if (m->ride[k].demand == p->demand && m->ride[k].from_stop <= s && s < m->ride[k].to_stop) {
                    counted = counted || k < r;
                    same += m->ride[k].pax;
                }
            seats += counted ? 0 : same + demand_escorts(&inst->demand[p->demand], same);
        }
        most = seats > most ? seats : most;
    }
    return most;
}

enum load_answer load_planner_ask(struct load_planner *p, int32_t type, const struct mission *m, bool fixed,
                                  struct load_plan **keep, int32_t *configuration)
{
    const struct aircraft_type *y = &p->inst->type[type];
    enum load_answer all = LOAD_IMPOSSIBLE;
    int64_t seats = -1;
    if (keep)
        *keep = NULL;
    /* its own first, then the others with seats enough */
    for (int32_t i = -1; i < (int32_t)y->n_configurations; i++) {
        int32_t c = i < 0 ? m->configuration : i;
        if (i >= 0 && (fixed || c == m->configuration))
            continue;
        if (i >= 0 && seats < 0)
            seats = seats_needed(p->inst, m);
        if (i >= 0 && y->configuration[c].seats < seats)
            continue;
        enum load_answer one = y->configuration[c].cabin ? ask_configuration(p, type, c, m, keep) : LOAD_PLANNED;
        if (one == LOAD_PLANNED && configuration)
            *configuration = c;
        if (one == LOAD_PLANNED || one == LOAD_NO_MEMORY)
            return one;
        all = one == LOAD_UNKNOWN ? LOAD_UNKNOWN : all;
    }
    return all;
}

enum load_answer load_planner_equip(struct load_planner *p, struct schedule *schedule, size_t *bad)
{
    enum load_answer answer = LOAD_PLANNED;
    for (size_t i = 0; i < schedule->n_missions && load_planning(p->inst); i++) {
        struct mission *m = &schedule->mission[i];
        if (m->load_plan)
            continue;
        struct load_plan *plan;
        int32_t configuration = m->configuration;
        enum load_answer one =
            load_planner_ask(p, p->inst->airframe[m->airframe].type, m, m->committed, &plan, &configuration);
        m->load_plan = plan;
        m->configuration = one == LOAD_PLANNED ? configuration : m->configuration;
        if (one == LOAD_NO_MEMORY)
            return one;
        if (one == LOAD_PLANNED)
            continue;
        if (answer == LOAD_PLANNED)
            *bad = i;
        answer = answer == LOAD_IMPOSSIBLE ? answer : one;
    }
    return answer;
}

/* The plan that the mission was equipped with gives way to the best one. */
static bool make_best(const struct instance *inst, struct mission *m)
{
    struct load_plan *best;
    if (load_plan_best(inst, m, LOAD_NODES, &best) == LOAD_NO_MEMORY)
        return false;
    if (best) {
        load_plan_free(m->load_plan);
        m->load_plan = best;
    }
    return true;
}

bool load_plans_make(const struct instance *inst, struct schedule *schedule, struct error *err)
{
    struct load_planner *p = load_planner_new(inst);
    bool *had = calloc(schedule->n_missions + 1, sizeof *had);
    size_t bad;
    bool ok = p && had;
    for (size_t i = 0; i < schedule->n_missions && ok; i++)
        had[i] = schedule->mission[i].load_plan != NULL;
    ok = ok && load_planner_equip(p, schedule, &bad) != LOAD_NO_MEMORY;
    for (size_t i = 0; i < schedule->n_missions && ok; i++)
        ok = had[i] || !schedule->mission[i].load_plan || make_best(inst, &schedule->mission[i]);
    load_planner_free(p);
    free(had);
    return ok || error_set(err, ERR_MEMORY, "out of memory");
}
