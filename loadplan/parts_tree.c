/* Within a part: demands in one zone each, and those that sit in several. */
#include "loadplan/parts_search.h"

/* A part of several zones: its demands are seated whole, but for those whose people sit in several zones. */
struct tree {
    uint32_t zones;
    int32_t room[MOST_ZONES]; /* seats left */
    int32_t waste;            /* seats that stay empty in zones that are not done yet */
    size_t split[MOST_DIVIDED];
    uint32_t in[MOST_DIVIDED]; /* zones of each that is split */
    size_t n_split;
    int32_t extra; /* edges beyond one for each demand */
    uint32_t rest_lots, rest_zones;
    int32_t rest_edges; /* after this part */
};

static void count_people(struct parts *p, struct tree *tree, size_t j, size_t z, int32_t left);

/* The zones of split demand j are filled; those that no later one sits in are done. */
static void next_split(struct parts *p, struct tree *tree, size_t j)
{
    if (j == tree->n_split)
        parts_divide(p, tree->rest_lots, tree->rest_zones, tree->rest_edges);
    else
        count_people(p, tree, j, 0, p->people[tree->split[j]]);
}

static bool later_in(const struct tree *tree, size_t j, size_t z)
{
    for (size_t k = j + 1; k < tree->n_split; k++)
        if (has(tree->in[k], z))
            return true;
    return false;
}

/* Every number of the split demand j in its zones from z on. */
static void count_people(struct parts *p, struct tree *tree, size_t j, size_t z, int32_t left)
{
    while (z < p->t->n_zones && !has(tree->in[j], z))
        z++;
    if (z == p->t->n_zones) {
        if (left == 0)
            next_split(p, tree, j + 1);
        return;
    }
    bool done = !later_in(tree, j, z), last = !(tree->in[j] >> (z + 1));
    int32_t most = tree->room[z] < left ? tree->room[z] : left, least = last ? left : 1;
    if (done && tree->room[z] - tree->waste > least)
        least = tree->room[z] - tree->waste;
    for (int32_t n = most; n >= least && n > 0; n--) {
        if (parts_spent(p, 1))
            return;
        int32_t empty = done ? tree->room[z] - n : 0;
        parts_seat(p, tree->split[j], z, n);
        tree->room[z] -= n;
        tree->waste -= empty;
        count_people(p, tree, j, z + 1, left - n);
        tree->waste += empty;
        tree->room[z] += n;
        parts_seat(p, tree->split[j], z, -n);
    }
}

/* Whether zones that no split demand sits in yet, but for as many as edges are left for, are as full as they must be.
 */
static bool enough_edges(const struct parts *p, const struct tree *tree, size_t j)
{
    int32_t edges = tree->extra + (int32_t)(tree->n_split - j), empty = 0, room[MOST_ZONES], n = 0;
    for (size_t z = 0; z < p->t->n_zones; z++) {
        bool touched = !has(tree->zones, z);
        for (size_t k = 0; k < j; k++)
            touched = touched || has(tree->in[k], z);
        if (touched)
            continue;
        int32_t i = n++;
        for (; i > 0 && room[i - 1] < tree->room[z]; i--)
            room[i] = room[i - 1];
        room[i] = tree->room[z];
    }
    for (int32_t i = edges; i < n; i++)
        empty += room[i];
    return empty <= tree->waste;
}

static void choose_zones(struct parts *p, struct tree *tree, size_t j)
{
    if (!enough_edges(p, tree, j))
        return;
    if (j < tree->n_split) {
        int32_t extra = tree->extra;
        for (uint32_t in = tree->zones; in > 0; in = (in - 1) & tree->zones) {
            int32_t more = size_of(in) - 1;
            bool apart = false;
            int32_t room = 0;
            for (size_t z = 0; z < p->t->n_zones; z++)
                room += has(in, z) ? tree->room[z] : 0;
            if (room < p->people[tree->split[j]] || more < 1 || more > extra ||
                (j + 1 == tree->n_split && more != extra))
                continue;
            for (size_t z = 0; z < p->t->n_zones && !apart; z++)
                apart = has(in, z) && (p->apart[tree->split[j]] & parts_in(p, z));
            for (size_t k = 0; k < j && !apart; k++)
                apart = (in & tree->in[k]) && has(p->apart[tree->split[j]], tree->split[k]);
            if (apart || parts_spent(p, 1))
                continue;
            tree->in[j] = in;
            tree->extra = extra - more;
            choose_zones(p, tree, j + 1);
        }
        tree->extra = extra;
        return;
    }
    int32_t waste = tree->waste;
    for (size_t z = 0; z < p->t->n_zones; z++) {
        bool touched = false;
        for (size_t k = 0; k < tree->n_split; k++)
            touched = touched || has(tree->in[k], z);
        tree->waste -= has(tree->zones, z) && !touched ? tree->room[z] : 0;
    }
    if (tree->waste >= 0)
        next_split(p, tree, 0);
    tree->waste = waste;
}

/* Those of the part that have no seats yet. */
static uint32_t tree_lots(const struct tree *tree, uint32_t lots)
{
    for (size_t k = 0; k < tree->n_split; k++)
        lots |= (uint32_t)1 << tree->split[k];
    return lots;
}

/* Each demand of the part in one zone, or in several later on. */
static void seat_part(struct parts *p, struct tree *tree, uint32_t lots)
{
    if (parts_spent(p, 1) ||
        (!p->any && parts_too_dear(p, tree->rest_lots, tree->rest_zones, tree_lots(tree, lots), tree->zones)))
        return;
    if (lots == 0) {
        uint32_t left = tree->rest_lots | tree_lots(tree, 0);
        if (tree->n_split > 0 && enough_edges(p, tree, 0) && !parts_spent(p, BOUND_WORK) &&
            parts_promising(p, left, tree->rest_zones | tree->zones))
            choose_zones(p, tree, 0);
        return;
    }
    size_t l = 0;
    while (!has(lots, l))
        l++;
    uint32_t others = lots & (lots - 1);
    for (size_t z = 0; z < p->t->n_zones && !p->over; z++) {
        if (!has(tree->zones, z) || tree->room[z] < p->people[l] || (p->apart[l] & parts_in(p, z)))
            continue;
        parts_seat(p, l, z, p->people[l]);
        tree->room[z] -= p->people[l];
        seat_part(p, tree, others);
        tree->room[z] += p->people[l];
        parts_seat(p, l, z, -p->people[l]);
    }
    if ((int32_t)tree->n_split < tree->extra && p->people[l] > 1) {
        tree->split[tree->n_split++] = l;
        seat_part(p, tree, others);
        tree->n_split--;
    }
}

void parts_take(struct parts *p, const struct part *part, uint32_t in, uint32_t rest, uint32_t zones, int32_t edges)
{
    struct tree tree = {
        .zones = in, .extra = size_of(in) - 1, .rest_lots = rest, .rest_zones = zones, .rest_edges = edges};
    if (tree.extra == 0) {
        size_t z = 0;
        while (!has(in, z))
            z++;
        for (size_t l = 0; l < p->n; l++)
            if (has(part->lots, l))
                parts_seat(p, l, z, p->people[l]);
        parts_divide(p, rest, zones, edges);
        for (size_t l = 0; l < p->n; l++)
            if (has(part->lots, l))
                parts_seat(p, l, z, -p->people[l]);
        return;
    }
    for (size_t z = 0; z < p->t->n_zones; z++) {
        tree.room[z] = has(in, z) ? p->t->cabin->zone[z].seats : 0;
        tree.waste += tree.room[z];
    }
    tree.waste -= (int32_t)p->division.sum[part->lots];
    seat_part(p, &tree, part->lots);
}
