/* What an instance says of flows: who can fly what at most, and how soon. Of a type over all its airframes and crews,
 * so bounds for each of them. */
#ifndef SORTIE_SOLVER_FLOW_FACTS_H
#define SORTIE_SOLVER_FLOW_FACTS_H

#include "model/instance.h"

double flow_hours(sec_t s);

/* The shortest stretch without fuel that the leg is part of, and whether the type can fly that at all. */
mnm_t flow_stretch(const struct instance *inst, int32_t type, int32_t from, int32_t to);
bool flow_flown(const struct instance *inst, int32_t type, int32_t from, int32_t to);

/* How many are of the type. */
double flow_airframes(const struct instance *inst, int32_t type);

/* From first take-off to last block-in of a mission. */
sec_t flow_longest_duty(const struct instance *inst, int32_t type);
sec_t flow_longest_block(const struct instance *inst, int32_t type);
sec_t flow_shortest_block_of(const struct instance *inst, int32_t type, int32_t from);
sec_t flow_shortest_block(const struct instance *inst, int32_t from); /* by any type */
/* Between two flights of an airframe at least. */
sec_t flow_ground(const struct aircraft_type *type);

/* Seconds in which an airframe may load and be under way. */
sec_t flow_available(const struct instance *inst, const struct airframe *a);
/* Seconds from the first show of a crew to the end of its last rest, of duties with a block-in before `until`. */
sec_t flow_on_watch(const struct instance *inst, int32_t crew, sec_t until);

/* Of who is picked up as soon as may be. */
sec_t flow_first_take_off(const struct instance *inst, const struct demand *d);
/* Passengers of a demand that one flight of the type holds. */
double flow_held(const struct instance *inst, int32_t type, const struct demand *d);

/* Some cap counts passengers there, so that unloading may wait for its end. */
bool flow_counts_pax(const struct instance *inst, int32_t airfield);
/* Where caps begin and end inside the horizon, in order; the caller's. NULL: out of memory. */
sec_t *flow_ends_of_caps(const struct instance *inst, int32_t *n);

#endif
