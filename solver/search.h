/* The state of one search, and what its parts use of one another. Only for solver/. Functions that return bool return
 * false with `err` set when memory or the engine failed. */
#ifndef SORTIE_SOLVER_SEARCH_H
#define SORTIE_SOLVER_SEARCH_H

#include <math.h>
#include <time.h>

#include "loadplan/planner.h"
#include "solver/master.h"
#include "solver/pool.h"
#include "solver/solve.h"

#define WHOLE 1e-6 /* farther from a whole number is fractional */

/* The whole number that a solution's x is, or is above. */
static inline double whole_part(double x)
{
    return floor(x + WHOLE);
}

enum {
    DEEPEST = 2000,      /* steps of a dive, levels of the tree */
    MOST_INSTANTS = 200, /* see struct solve_options */
    MOST_COARSE = 400    /* the same of a relaxation */
};

struct deadline {
    double seconds; /* since the search began; <= 0: none */
    int64_t work;   /* INT64_MAX: none */
};

struct search {
    const struct instance *inst;
    const struct solve_options *options;
    struct error *err;
    struct pool *pool;
    struct timespec began;
    struct deadline until;
    struct deadline pass; /* when the pass of schedules that goes on began */
    int64_t work;         /* done so far (solver/work.h) */
    struct groups groups;
    struct master master;
    struct plan *plan;
    bool have_plan;
    cent_t bound;
    cent_t flows;          /* what flows prove ... */
    int32_t periods;       /* ... and the periods of their next program, see flow_bound */
    double keep;           /* see struct master */
    double open;           /* least bound of the nodes that were given up; INFINITY: none was */
    bool beyond_repair;    /* the schedule looked at last breaks a rule that more missions cannot mend */
    bool timing_blameless; /* it breaks no rule that handling times have to do with */
    bool unassignable;     /* a whole-numbered solution could not be given to single airframes and crews */
    bool unplannable;      /* a mission of the last whole-numbered solution has no load plan, whenever it is flown */
    struct load_planner *loads;  /* NULL: no type has a cabin layout */
    bool entire;                 /* every mission that a better schedule may use is a column */
    double given_away;           /* of the gap, by proofs; 0: they are exact */
    bool crossings, whole_loads; /* such rows may come at the root */
    double round_bound;          /* what the last round of pricing proves */
    double *root; /* [n_root] duals of the root's last round, NULL where it did not converge; owned ... */
    size_t n_root;
    double root_bound; /* ... and what they prove */
    double tried_gap;  /* between it and the best schedule when enumeration was tried; INFINITY: never */
    int64_t nodes;
    int64_t columns; /* of masters that are gone */
    int *best;       /* [n_best] how often each column is flown in the best schedule, where that came from columns */
    size_t n_best;
    const char *phase;
    enum search_phase at; /* what time counts for, see turn_to */
    double at_since, phase_s[N_PHASES];
    bool over;
    struct search
        *outer; /* NULL, or the search that this one, of a relaxation, finds a bound for; it looks for no schedules */
};

enum outcome {
    CONVERGED, /* no mission with negative reduced cost is missing */
    HOPELESS,  /* nothing here is better than the best schedule */
    STOPPED,   /* by the time, or pricing could not be finished */
    ENOUGH,    /* the gap asked for is reached */
    BROKEN     /* err is set */
};

double seconds(const struct search *s);
/* Time counts for `phase` from now on; returns what it counted for. */
enum search_phase turn_to(struct search *s, enum search_phase phase);
bool out_of_time(void *context); /* of a struct search */
void report(struct search *s);
void raise_bound(struct search *s, double bound);
/* In hundredths, rounded towards what is surely proven. */
cent_t whole_bound(double bound);
bool good_enough(const struct search *s);
bool hopeless(const struct search *s, double bound);
bool all_whole(const struct master *m);
bool keeps_all(const struct master *m); /* the commitments */

/* Keeps the schedule when the checker accepts it and it is better. Takes it over. */
bool consider(struct search *s, struct schedule *schedule, bool *valid);
/* Whether missions of the column have a load plan. LOAD_NO_MEMORY: err is set. */
enum load_answer column_plan(struct search *s, const struct column *col);

/* The last solution, whole-numbered, as a schedule. */
bool consider_solution(struct search *s, bool *valid);

/* First take-offs of the coarsest pricing are so many steps apart: a power of two. */
sec_t coarsest(const struct search *s);
/* ... and so many in the last rounds before all of them are looked at. */
sec_t finest(const struct search *s);
/* Missions are made by labelling. */
bool by_labels(const struct search *s);
/* Seconds of the spans that rows are means over at first; 1: rows are of instants. */
sec_t first_span(const struct search *s);
/* Rows are means over spans, or the instance is a relaxation: no solution is a schedule. */
bool relaxed(const struct search *s);
/* Pricing goes by smaller duals: what it has not found may still pay. */
bool gives_away(const struct search *s);
enum outcome generate(struct search *s, sec_t stride, double *bound);
/* Where few missions can be part of a better schedule, makes all of them; worth trying again as schedules get better.
 */
bool enumerate(struct search *s);
/* Relaxes and prices a few rounds. */
enum lp_status refresh(struct search *s);

#endif
