/* Load plans for the missions of one instance. docs/load_plans.md. */
#ifndef SORTIE_LOADPLAN_PLANNER_H
#define SORTIE_LOADPLAN_PLANNER_H

#include "model/error.h"
#include "model/instance.h"

/* Remembers which loads have a plan: what is asked again costs nothing. Several threads may ask at a time; what they are
 * told does not depend on who asked what before. */
struct load_planner;

enum load_answer {
    LOAD_PLANNED,
    LOAD_IMPOSSIBLE, /* proven: no load plan is valid */
    LOAD_UNKNOWN,    /* none was found within the limits */
    LOAD_NO_MEMORY   /* or the engine failed for want of it */
};

/* NULL when out of memory. The instance outlives the planner. */
struct load_planner *load_planner_new(const struct instance *inst);
void load_planner_free(struct load_planner *planner);

/* Whether any configuration of the instance has a cabin layout. */
bool load_planning(const struct instance *inst);

/* Whether the mission, flown by an airframe of the type in any configuration with seats enough, has a load plan;
 * where the mission is committed or `fixed`, in its own. Where `keep` is not NULL it receives the plan (NULL where the
 * configuration has no layout; the caller frees it) and *configuration the one it is for. */
enum load_answer load_planner_ask(struct load_planner *planner, int32_t type, const struct mission *mission, bool fixed,
                                  struct load_plan **keep, int32_t *configuration);

/* Gives every mission of the schedule a plan, not the best one; those that have one keep it. *bad: the first mission
 * without, where the answer is not LOAD_PLANNED. */
enum load_answer load_planner_equip(struct load_planner *planner, struct schedule *schedule, size_t *bad);

/* The best load plan of a mission in its configuration, by integer programs that branch on `nodes` nodes at most.
 * *plan is NULL where the answer is not LOAD_PLANNED, and where there is no cabin layout. */
enum load_answer load_plan_best(const struct instance *inst, const struct mission *mission, int nodes,
                                struct load_plan **plan);

/* Gives every mission that has none its best load plan, in another configuration where its own allows none; a mission
 * that has no load plan stays without. False with `err` set when out of memory. */
bool load_plans_make(const struct instance *inst, struct schedule *schedule, struct error *err);

enum { LOAD_NODES = 400 }; /* branched on by each program, as is usual */

#endif
