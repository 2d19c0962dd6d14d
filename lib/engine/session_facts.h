/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One vessel alongside while the scenario to plan is derived. Shared by session_facts.c, which
 * knows one vessel at a time, and session_outlook.c, which knows them all.
 */
#ifndef QWR_ENGINE_SESSION_FACTS_H
#define QWR_ENGINE_SESSION_FACTS_H

#include "engine/session.h"

#include <quaywright/check.h>

/** No work takes longer; far from where seconds overflow. */
#define QWR__LONGEST_WORK_S INT64_C(315360000)

typedef struct qwr__mooring {
    const qwr__moored *moored;
    uint32_t call;   /* its index in the derived scenario */
    bool holds;      /* false: cannot be placed, its place is kept free */
    bool sticks_out; /* beyond the end of the quay */
    int64_t told_cranes;
    const char *noted; /* the rule it was last said to break */
    qwr_stay stay;
} qwr__mooring;

/** Pins the call where it lies, with the work that is left. */
qwr_status qwr__mooring_apply(qwr__mooring *fact, const qwr_session *session,
                              qwr_scenario_builder *builder);
/** Makes the broken rule give way. `other`: the second vessel of the violation, or NULL.
 * *gave: whether there was anything to give. */
qwr_status qwr__mooring_give_way(bool *gave, qwr__mooring *fact, const qwr__mooring *other,
                                 const qwr_violation *violation, const qwr_session *session,
                                 qwr_scenario_builder *builder);
/** It lies where there is no quay: no vessel is moved from there by a plan. */
qwr_status qwr__mooring_leave_out(const qwr__mooring *fact, qwr_scenario_builder *builder);
/** Nothing gave way: no vessel may be planned where this one lies, but for those of `all` that hold
 * their place. */
qwr_status qwr__mooring_keep_free(const qwr__mooring *fact, qwr_scenario_builder *builder,
                                  const qwr__mooring *all, size_t count);

#endif
