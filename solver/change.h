/* Changes of the work timeline: whether and when they fit, what they cost, and making them. */
#ifndef SORTIE_SOLVER_CHANGE_H
#define SORTIE_SOLVER_CHANGE_H

#include "solver/insert.h"

/* What a change is for: to move pax more of a demand, at less each than what was found. */
struct aim {
    int32_t demand, pax;
    double hope;   /* how many times as many there may be in the end */
    double wobble; /* factor of the score */
};

/* The trial becomes one new flight at place `place` of the airframe's line; its draft is still to be made. */
struct change *change_new(struct builder *s, int32_t airframe, size_t place);

/* Worth that cost by itself, or perhaps with more aboard. */
bool change_pays(const struct builder *s, cent_t cost, const struct aim *aim);

/* Times all parts of a change, each as early as airframe and crew allow; false where they do not fit, or cost `most` or
 * more above what they replace. */
bool change_fit(struct builder *s, struct change *c, cent_t most);
/* The same, and sets its score; false where it is not below that of what was found, or the change does not pay. */
bool change_fit_for(struct builder *s, struct change *c, const struct aim *aim);
/* Times a change of one new flight behind all others of its line, begin not before `from`; crews may end where they may
 * not, and nobody asks for a load plan. */
bool change_append(struct builder *s, struct change *c, sec_t from);
/* Whether every part has a load plan; puts rides in the order of a schedule. Sets `failed` when out of memory. */
bool change_planned(struct builder *s, struct change *c);
/* The trial becomes what was found. */
void change_keep(struct builder *s, double score);
/* Changes the work timeline. False: out of memory, `failed` is set. */
bool change_apply(struct builder *s, const struct change *c);

#endif
