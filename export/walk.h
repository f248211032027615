/* The one walk over a schedule: missions, their stops and sorties, the crew's duty, who boards, leaves and is aboard.
 *
 *     struct walk walk;
 *     if (!walk_init(&walk, inst, schedule, WALK_BY_TIME, err))
 *         return false;
 *     while (walk_mission(&walk)) {
 *         while (walk_stop(&walk))
 *             ... walk.mission, walk.stop ...
 *         while (walk_sortie(&walk))
 *             ... walk.mission, walk.sortie ...
 *     }
 *     walk_release(&walk);
 *
 * The schedule need not be valid, only readable: times may run backwards and more may be aboard than there are seats.
 * Besides the order of the missions nothing is kept but what stands in the struct, for the mission at hand. */
#ifndef SORTIE_EXPORT_WALK_H
#define SORTIE_EXPORT_WALK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/error.h"
#include "model/instance.h"
#include "model/schedule.h"

/* By first departure, then airframe; or by airframe (crew) in the instance's order first. */
enum walk_order { WALK_BY_TIME, WALK_BY_AIRFRAME, WALK_BY_CREW };

/* Passengers of one demand, their escorts, and what all of them weigh with baggage and freight. */
struct lot {
    int32_t demand;
    int64_t pax, escorts;
    gram_t mass;
};

/* By demand in the instance's order, none twice; the sums beside. */
struct lots {
    struct lot *lot; /* [n] */
    size_t n;
    int64_t pax, escorts;
    gram_t mass;
};

/* Of the mission's crew. The duty ends after the post-flight work; `rested` is the earliest next show. */
struct walk_duty {
    sec_t show, end, rested;
    sec_t fdp, fdp_limit; /* lengths; a limit of 0: this kind of crew may not fly the type */
};

struct walk_mission {
    const struct mission *plan;
    size_t number; /* its place in the file, from 1 */
    char name[24]; /* "M001": as the file calls it */
    const struct airframe *airframe;
    const struct aircraft_type *type;
    const struct configuration *configuration;
    const struct crew *crew;
    size_t of_airframe; /* by time, which of its airframe's missions it is, from 1 */
    size_t of_crew;     /* which of its crew's */
    sec_t from, until;  /* first handling start to last handling end */
    struct walk_duty duty;
    sec_t block; /* of all sorties */
    mnm_t nm;
    cent_t block_cost, fees; /* of all sorties; the type's cost per mission is apart */
};

/* `from` to `until` is the time on a parking place as rule R7 counts it: the whole stay in between, from handling start
 * at the first stop, to handling end at the last. */
struct walk_stop {
    size_t index; /* 0 .. n_stops - 1 */
    const struct stop *plan;
    const struct airfield *airfield;
    sec_t from, until;
    struct lots boards, leaves;
};

struct walk_sortie {
    size_t index; /* from stop index to index + 1 */
    const struct airfield *from, *to;
    sec_t take_off, block_in;
    const struct leg *leg; /* what the instance says of it: nm, cost, fee */
    struct lots aboard;
};

struct walk {
    const struct instance *inst;
    const struct schedule *schedule;
    struct walk_mission mission;
    struct walk_stop stop;
    struct walk_sortie sortie;
    struct walk_entry *order; /* [schedule->n_missions] */
    size_t *place;            /* [schedule->n_missions]: of each mission of the file in `order` */
    size_t next_mission, next_stop, next_sortie;
    struct ride *ride; /* the mission's, by demand */
};

/* The instance and the schedule must outlive the walk. */
bool walk_init(struct walk *walk, const struct instance *inst, const struct schedule *schedule, enum walk_order order,
               struct error *err);
void walk_release(struct walk *walk);

/* Each goes on to the next and fills it in; false after the last. A new mission begins its stops and sorties anew. */
bool walk_mission(struct walk *walk);
bool walk_stop(struct walk *walk);
bool walk_sortie(struct walk *walk);

/* The mission that walk_mission would go on to; NULL after the last. */
const struct mission *walk_peek(const struct walk *walk);

/* One stop of one mission. */
struct walk_visit {
    size_t mission; /* index into the schedule */
    size_t stop;
};

/* All stops of the schedule, by airfield in the instance's order, then by begin of parking, then mission. `from` is
 * [n_airfields + 1]: those of airfield a are [from[a], from[a + 1]). */
struct walk_visits {
    struct walk_visit *visit;
    size_t *from;
};

bool walk_visits_init(struct walk_visits *visits, const struct instance *inst, const struct schedule *schedule,
                      struct error *err);
void walk_visits_release(struct walk_visits *visits);

/* Fills in the mission and the stop of a visit; a walk used so is not gone on with. */
void walk_visit(struct walk *walk, const struct walk_visit *visit);

/* The parking of stop `index`, [from, until) by rule R7. */
void walk_parking(const struct mission *mission, size_t index, sec_t *from, sec_t *until);

#endif
