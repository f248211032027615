/* verify_certificate INSTANCE MAP CERTIFICATE
 *
 * INSTANCE as for sortie, MAP from sortie model --map, CERTIFICATE from sortie solve --certificate. Exit status: 0 the
 * bound is proven, 1 it is not, 2 wrong usage, 3 a file cannot be read. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "io/read_instance.h"
#include "tools/verify.h"

static void say(const char *format, va_list arguments)
{
    fprintf(stderr, "verify_certificate: ");
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
}

_Noreturn void reject(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    exit(1);
}

_Noreturn void bad_input(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    say(format, arguments);
    va_end(arguments);
    exit(3);
}

void *room(size_t n, size_t size)
{
    void *bytes = calloc(n ? n : 1, size);
    if (!bytes)
        bad_input("out of memory");
    return bytes;
}

/* --- missions that may gain something
 * ----------------------------------------------------------------------------------- */

struct gain {
    int32_t group;
    sec_t leaves, again; /* first take-off; the airframe's next is not before `again` */
    mpz_t cost;          /* least, below 0 */
};

struct gains {
    struct gain *gain;
    size_t n, cap;
    size_t routes, relaxed;
};

/* The least that a group asks for flying the route; false where none may. */
static bool least_crew(const struct verify *v, const struct flown *f, mpz_t least)
{
    const struct rules *rules = &v->inst->rules;
    sec_t show = f->stop[0].departure - rules->show, in = f->stop[f->n].arrival;
    bool any = false;
    mpz_t cost;
    mpz_init(cost);
    for (size_t g = 0; g < v->n_crew; g++) {
        bool may = false;
        for (size_t i = 0; i < v->crew[g].n; i++) {
            int32_t who = v->crew[g].member[i];
            const struct crew *c = &v->inst->crew[who];
            bool flies = false;
            for (size_t k = 0; k < c->n_types; k++)
                flies = flies || c->types[k] == f->type;
            may = may || (flies && in - show <= v->inst->type[f->type].fdp[c->kind] &&
                          first_instant(v, false, who) <= show && in + rules->post_flight <= c->until);
        }
        if (!may)
            continue;
        mpz_set_ui(cost, 0);
        add_crew(v, f, (int32_t)g, cost);
        if (!any || mpz_cmp(cost, least) < 0)
            mpz_set(least, cost);
        any = true;
    }
    mpz_clear(cost);
    return any;
}

/* The block time of the whole mission. */
static sec_t block_time(const struct flown *f)
{
    sec_t block = 0;
    for (int32_t i = 0; i < f->n; i++)
        block += f->stop[i + 1].arrival - f->stop[i].departure;
    return block;
}

/* Whether the mission alone is more than some rolling limit. */
static bool flies_too_long(const struct verify *v, const struct flown *f)
{
    const struct rules *rules = &v->inst->rules;
    for (size_t k = 0; k < rules->n_rolling; k++)
        for (int32_t last = 1; last <= f->n; last++) {
            sec_t block = 0;
            for (int32_t i = 0; i < last; i++)
                if (f->stop[last].arrival < f->stop[i + 1].arrival + rules->rolling[k].window)
                    block += f->stop[i + 1].arrival - f->stop[i].departure;
            if (block > rules->rolling[k].most)
                return true;
        }
    return false;
}

static bool airframe_may(const struct verify *v, const struct flown *f, const struct group *group)
{
    for (size_t i = 0; i < group->n; i++) {
        const struct airframe *a = &v->inst->airframe[group->member[i]];
        if (a->flight_limit >= 0 && block_time(f) > a->flight_limit)
            continue;
        if (a->type == f->type && a->from <= f->stop[0].handling_start && f->stop[f->n].handling_end <= a->until)
            return true;
    }
    return false;
}

static void add_gain(struct gains *all, int32_t group, const struct verify *v, const struct flown *f, const mpz_t cost)
{
    if (all->n == all->cap) {
        all->cap = all->cap ? 2 * all->cap : 1024;
        all->gain = realloc(all->gain, all->cap * sizeof *all->gain);
        if (!all->gain)
            bad_input("out of memory");
    }
    struct gain *gain = &all->gain[all->n++];
    gain->group = group;
    gain->leaves = f->stop[0].departure;
    gain->again = f->stop[f->n].arrival + v->inst->type[f->type].turn;
    if (gain->again <= gain->leaves)
        gain->again = gain->leaves + 1;
    mpz_init_set(gain->cost, cost);
}

static void judge_route(const struct verify *v, const struct flown *f, struct gains *all)
{
    mpz_t base, crew, load, cost;
    bool loaded = false, relaxed = false;
    all->routes++;
    if (beyond_caps(v, f) || beyond_parking(v, f) || flies_too_long(v, f))
        return;
    mpz_inits(base, crew, load, cost, NULL);
    add_common(v, f, base);
    if (least_crew(v, f, crew)) {
        mpz_add(base, base, crew);
        for (size_t g = 0; g < v->n_airframe; g++) {
            if (!airframe_may(v, f, &v->airframe[g]))
                continue;
            if (!loaded && !best_load(v, f, load, &relaxed))
                break;
            loaded = true;
            mpz_sub(cost, base, load);
            add_airframe(v, f, (int32_t)g, cost);
            if (mpz_sgn(cost) < 0)
                add_gain(all, (int32_t)g, v, f, cost);
        }
    }
    all->relaxed += relaxed;
    mpz_clears(base, crew, load, cost, NULL);
}

/* --- the mapping
 * ------------------------------------------------------------------------------------------------------- */

static int32_t find_id(const json_t *value, size_t n, const char *(*id)(const struct instance *, size_t),
                       const struct instance *inst)
{
    const char *text = json_string_value(value);
    for (size_t i = 0; text && i < n; i++)
        if (strcmp(text, id(inst, i)) == 0)
            return (int32_t)i;
    bad_input("the mapping names what the instance does not have: \"%s\"", text ? text : "");
}

static const char *type_id(const struct instance *inst, size_t i)
{
    return inst->type[i].id;
}

static const char *airfield_id(const struct instance *inst, size_t i)
{
    return inst->airfield[i].id;
}

static sec_t instant(const json_t *stop, const char *key)
{
    const json_t *value = json_object_get(stop, key);
    return json_is_integer(value) ? json_integer_value(value) : SEC_NONE;
}

static void judge_routes(const struct verify *v, const char *path, struct gains *all)
{
    json_error_t fault;
    json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &fault);
    if (!root)
        bad_input("%s: line %d: %s", path, fault.line, fault.text);
    const char *format = json_string_value(json_object_get(root, "format"));
    const char *sha256 = json_string_value(json_object_get(json_object_get(root, "instance"), "sha256"));
    if (!format || strcmp(format, "sortie-program-map") != 0)
        bad_input("%s: must be a mapping of sortie model", path);
    if (!sha256 || strcmp(sha256, v->inst->sha256) != 0)
        reject("the mapping is of another instance");
    const json_t *route, *item;
    size_t i, s;
    json_array_foreach(json_object_get(root, "routes"), i, route)
    {
        const json_t *stops = json_object_get(route, "stops");
        struct flown f = {.type = find_id(json_object_get(route, "type"), v->inst->n_types, type_id, v->inst),
                          .n = (int32_t)json_array_size(stops) - 1};
        if (f.n < 1)
            bad_input("route %zu of the mapping has no stops", i);
        f.stop = room((size_t)f.n + 1, sizeof *f.stop);
        json_array_foreach(stops, s, item)
        {
            f.stop[s] =
                (struct stop){find_id(json_object_get(item, "airfield"), v->inst->n_airfields, airfield_id, v->inst),
                              instant(item, "arrival"), instant(item, "handling_start"), instant(item, "handling_end"),
                              instant(item, "departure")};
        }
        judge_route(v, &f, all);
        free(f.stop);
    }
    json_decref(root);
}

/* --- the bound
 * --------------------------------------------------------------------------------------------------------- */

static int by_departure(const void *a, const void *b)
{
    const struct gain *x = a, *y = b;
    return x->leaves != y->leaves ? (x->leaves < y->leaves ? -1 : 1) : (x->again > y->again) - (x->again < y->again);
}

/* The best missions that one airframe of a group can fly one after the other, by first take-off from the last. */
static void best_chain(const struct gains *all, int32_t group, mpz_t best)
{
    struct gain **own = room(all->n, sizeof(struct gain *));
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (all->gain[i].group == group)
            own[n++] = &all->gain[i];
    mpz_t *from = room(n + 1, sizeof *from), with; /* of own[k], own[k + 1], ... */
    mpz_init(from[n]);
    mpz_init(with);
    for (size_t k = n; k-- > 0;) {
        size_t low = k + 1, high = n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (own[middle]->leaves < own[k]->again)
                low = middle + 1;
            else
                high = middle;
        }
        mpz_add(with, own[k]->cost, from[low]);
        mpz_init_set(from[k], mpz_cmp(with, from[k + 1]) < 0 ? with : from[k + 1]);
    }
    mpz_set(best, from[0]);
    for (size_t k = 0; k <= n; k++)
        mpz_clear(from[k]);
    mpz_clear(with);
    free(from);
    free(own);
}

/* All missions of any schedule pay at least this. */
static void add_missions(const struct verify *v, struct gains *all, mpz_t sum)
{
    mpz_t chain, best;
    mpz_inits(chain, best, NULL);
    if (all->n)
        qsort(all->gain, all->n, sizeof *all->gain, by_departure);
    for (size_t g = 0; g < v->n_airframe; g++) {
        best_chain(all, (int32_t)g, best);
        mpz_addmul_ui(chain, best, (unsigned long)v->airframe[g].n);
    }
    mpz_add(sum, sum, chain);
    mpz_clears(chain, best, NULL);
}

static void add_left(const struct verify *v, mpz_t sum)
{
    mpz_t cost;
    mpz_init(cost);
    for (size_t d = 0; d < v->inst->n_demands; d++) {
        mpz_mul_si(cost, v->scale, v->inst->demand[d].penalty);
        for (size_t k = 0; k < v->n_rows; k++)
            if (v->row[k].kind == DEMAND && v->row[k].a == (int32_t)d)
                mpz_sub(cost, cost, v->row[k].dual);
        if (mpz_sgn(cost) < 0)
            mpz_addmul_ui(sum, cost, (unsigned long)v->inst->demand[d].pax);
    }
    mpz_clear(cost);
}

static void add_used(const struct verify *v, mpz_t sum)
{
    mpz_t cost;
    mpz_init(cost);
    for (size_t g = 0; g < v->n_airframe + v->n_crew; g++) {
        bool airframes = g < v->n_airframe;
        size_t k = airframes ? g : g - v->n_airframe;
        used_cost(v, airframes, (int32_t)k, cost);
        if (mpz_sgn(cost) < 0)
            mpz_addmul_ui(sum, cost, (unsigned long)(airframes ? v->airframe[k].n : v->crew[k].n));
    }
    mpz_clear(cost);
}

static int32_t group_of(const struct group *group, size_t n, int32_t who)
{
    for (size_t g = 0; g < n; g++)
        for (size_t i = 0; i < group[g].n; i++)
            if (group[g].member[i] == who)
                return (int32_t)g;
    return -1;
}

/* Every valid schedule flies the commitments. Those of missions are paid for here and, where they gain, once more by
 * the airframe's chain: that makes the bound lower and no less true. */
static void add_commitments(const struct verify *v, mpz_t sum)
{
    mpz_t cost, load;
    mpz_inits(cost, load, NULL);
    for (size_t i = 0; i < v->inst->committed.n_missions; i++) {
        const struct mission *m = &v->inst->committed.mission[i];
        struct flown f = {.type = v->inst->airframe[m->airframe].type, .stop = m->stop, .n = (int32_t)m->n_stops - 1};
        mpz_set_ui(cost, 0);
        add_common(v, &f, cost);
        add_airframe(v, &f, group_of(v->airframe, v->n_airframe, m->airframe), cost);
        add_crew(v, &f, group_of(v->crew, v->n_crew, m->crew), cost);
        load_value(v, &f, m->ride, m->n_rides, load);
        mpz_sub(cost, cost, load);
        mpz_add(sum, sum, cost);
    }
    mpz_clears(cost, load, NULL);
}

static void conclude(const struct verify *v, struct gains *all)
{
    mpz_t sum;
    mpz_init(sum);
    for (size_t k = 0; k < v->n_rows; k++)
        mpz_add(sum, sum, v->row[k].rhs);
    add_missions(v, all, sum);
    add_left(v, sum);
    add_used(v, sum);
    add_commitments(v, sum);
    mpz_cdiv_q(sum, sum, v->scale); /* schedules cost whole hundredths */
    if (mpz_cmp_si(sum, v->bound) < 0) {
        gmp_fprintf(stderr, "verify_certificate: the rows prove %Zd hundredths, not %lld", sum, (long long)v->bound);
        if (all->relaxed)
            fprintf(stderr, "; the loads of %zu routes were too many to try", all->relaxed);
        fputc('\n', stderr);
        exit(1);
    }
    gmp_printf("proven: no schedule costs less than %lld hundredths (%zu rows, %zu routes; the rows prove %Zd)\n",
               (long long)v->bound, v->n_rows, all->routes, sum);
    mpz_clear(sum);
}

static void release(struct verify *v, struct gains *all)
{
    for (size_t i = 0; i < all->n; i++)
        mpz_clear(all->gain[i].cost);
    free(all->gain);
    for (size_t k = 0; k < v->n_rows; k++) {
        mpz_clears(v->row[k].dual, v->row[k].rhs, NULL);
        free(v->row[k].has);
        free(v->row[k].inside);
    }
    for (size_t g = 0; g < v->n_airframe; g++)
        free(v->airframe[g].member);
    for (size_t g = 0; g < v->n_crew; g++)
        free(v->crew[g].member);
    free(v->row);
    free(v->airframe);
    free(v->crew);
    mpz_clear(v->scale);
}

int main(int argc, char **argv)
{
    struct instance inst;
    struct error err;
    char *faults = NULL;
    if (argc != 4) {
        fprintf(stderr, "usage: verify_certificate INSTANCE MAP CERTIFICATE\n");
        return 2;
    }
    error_init(&err);
    if (!read_instance(argv[1], &inst, &faults, &err))
        bad_input("%s", err.text);
    struct verify v = {.inst = &inst};
    struct gains all = {.n = 0};
    mpz_init(v.scale);
    read_certificate(&v, argv[3]);
    judge_routes(&v, argv[2], &all);
    conclude(&v, &all);
    release(&v, &all);
    instance_release(&inst);
    return 0;
}
