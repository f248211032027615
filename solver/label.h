/* Labels: missions in the making where every demand travels whole. Time is continuous; take-offs lie on the grid.
 *
 * A label stands at a stop, with some of its work there chosen. Its times are two ends of what is possible: everything
 * as early as it can be, and for the first take-off and every passenger with a limit aboard the latest departure that
 * what came later allows (Gschwind and Irnich 2015, "Effective handling of dynamic time windows"). Costs are those of
 * the earliest times, at their most favourable, so a label's cost is a bound. docs/model.md has the proofs. */
#ifndef SORTIE_SOLVER_LABEL_H
#define SORTIE_SOLVER_LABEL_H

#include "solver/duals.h"
#include "solver/stretch.h"

struct ride_limit { /* of the first take-off or of a demand aboard: its departure D is no later than `late`, and no
                       later than the last departure less `span`, that before the present stop ... */
    sec_t span, late;
    sec_t next; /* ... or than the next departure less `next` */
};

struct open_ride {
    int32_t demand;
    struct ride_limit limit; /* span < 0: loaded at the present stop */
};

struct label {
    struct label *parent, *next_free;
    double cost;                 /* reduced cost so far, no more than it will be */
    cent_t paid;                 /* hundredths so far, the same way */
    int32_t field, stop, action; /* action: last chosen at this stop, in the order of field_action; -1: none */
    int32_t begin;               /* which first take-off */
    sec_t arrival;               /* earliest; stop 0: of the airframe */
    sec_t from, until, own;      /* handling starts in between, from >= arrival; demands' own minutes */
    sec_t block;                 /* of the flight that came here */
    sec_t leave;                 /* earliest departure, openings apart */
    struct ride_limit first;     /* of the first take-off */
    mnm_t flown;                 /* since the last stop with fuel */
    gram_t payload, heaviest;    /* aboard; on that stretch */
    int32_t seats;
    bool loads, unloads, dead, done;
    int32_t n_open;
    struct open_ride *open; /* [n_open] by demand */
    uint64_t *had;          /* [words] demands carried */
    uint64_t *out;          /* [words] ... or that cannot be carried any more */
    uint64_t *odd;          /* [set_words] sets of which an odd number was carried */
};

/* A first take-off in [from, until] from an airfield. */
struct label_begin {
    int32_t field;
    sec_t from, until;
    double cost;
    double loaded; /* added where passengers board: the airframe is taken when that begins */
    int32_t worth; /* row of labelling.worth */
};

/* What does not change while the labels of one airframe group with one crew group are made. */
struct labelling {
    const struct instance *inst;
    const struct groups *groups;
    const struct duals *duals;
    int32_t a, c, type; /* airframe group, crew group */
    const struct airframe *airframe;
    const struct crew *crew;
    bool all;          /* every mission below the threshold that could be of use, not the best */
    sec_t duty;        /* longest from first take-off to last block-in */
    sec_t first, last; /* first take-offs and last block-ins lie in between */
    int32_t seats;
    gram_t largest_payload;
    size_t n_fields, n_demands, words;
    double *flight;     /* [from * n_fields + to] what a flight costs at its most favourable; INFINITY: none */
    bool timed_flights; /* ... and some is charged by its time; see flight_cost */
    struct stretches stretches;
    sec_t *nearest;        /* [from * n_fields + to] no way takes less */
    bool *passes;          /* [n_fields] a stop without work may be of use there */
    bool *starts, *ends;   /* [n_fields] a mission may begin, end there */
    bool triangular;       /* a stop left out never costs more, nor takes longer */
    int32_t *first_action; /* [n_fields + 1] into action */
    int32_t *action;       /* demand * 2 + (1: unloads) */
    struct label_set {     /* two or three demands: each second one carried pays `amount`, or earns it */
        int32_t demand[3];
        int n;
        double amount;
    } * set; /* [n_sets] */
    size_t n_sets, set_words;
    size_t *first_set; /* [n_demands + 1] sets of demand d: set_of[first_set[d]] .. */
    int32_t *set_of;
    struct label_begin *begin; /* [n_begins] */
    size_t n_begins;
    double *worth; /* [row * n_demands + demand] what carrying it earns, by first take-off */
    size_t n_worths;
};

/* No demand may be split. */
bool labels_suit(const struct instance *inst);

/* False when memory ran out. Release in any case. */
bool labelling_init(struct labelling *g, const struct master *master, const struct duals *duals, int32_t airframe_group,
                    int32_t crew_group, bool all);
void labelling_release(struct labelling *g);

/* Bytes of a label with n demands aboard, its arrays behind it. */
size_t label_size(const struct labelling *g, int32_t n_open);
/* Lays out the arrays of a label in its memory. */
void label_place(const struct labelling *g, struct label *l);

/* `to` has room for from->n_open + 1 demands aboard. Each is false where no mission goes on so. */
void label_begin(const struct labelling *g, int32_t begin, struct label *to);
bool label_fly(const struct labelling *g, const struct label *from, int32_t field, struct label *to);
bool label_act(const struct labelling *g, const struct label *from, int32_t action, struct label *to);

/* Reduced cost of the mission that ends here; INFINITY where none may. */
double label_end(const struct labelling *g, const struct label *l);

/* Whatever q becomes, p becomes at no more; both stand at one airfield, and p leaves no later. */
bool label_dominates(const struct labelling *g, const struct label *p, const struct label *q);

#endif
