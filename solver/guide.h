/* What a linear program knows of missions: what each costs beyond the program's value, by its duals, and what its
 * solution has done by when. Made once, then only read. */
#ifndef SORTIE_SOLVER_GUIDE_H
#define SORTIE_SOLVER_GUIDE_H

#include "solver/duals.h"

/* Passengers of a demand that the program's solution moves, or of a whole load that it wastes, with flights that begin
 * by `at`. */
struct guide_progress {
    sec_t at;
    double pax;
};

/* A mission of the program. */
struct guide_known {
    const struct column *column;
    uint64_t kind; /* the same for the same airfields and demands */
    double price;
    bool loads; /* at its first stop */
};

struct guide {
    const struct instance *inst;
    const struct groups *groups;
    bool whole; /* schedules are better begun with what the solution flies than by it; set by who made the guide */
    struct duals duals;
    struct guide_known *known;       /* of airframe group g: known[first[g]] .. known[first[g + 1] - 1], by begin */
    size_t *first;                   /* [n_groups + 1] */
    struct guide_progress *progress; /* of demand d: progress[since[d]] .. progress[since[d + 1] - 1]; tolls follow */
    size_t *since;                   /* [n_demands + n_tolls + 1] */
};

/* From the master's last solution, whose columns must outlive it unmoved. False: out of memory. */
bool guide_init(struct guide *guide, const struct master *master);
void guide_release(struct guide *guide);

/* What the solution has moved of a demand, or wasted of toll `of` - n_demands, with flights that begin before `clock`.
 */
double guide_done_by(const struct guide *guide, size_t of, sec_t clock);

#endif
