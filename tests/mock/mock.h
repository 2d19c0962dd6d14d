/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the misbehaving modules share: sound descriptors, so that each file shows its one fault and
 * nothing else.
 */
#ifndef QWR_MOCK_H
#define QWR_MOCK_H

#include <quaywright/plugin.h>
#include <quaywright/solver.h>

QWR_PLUGIN_EXPORT const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor);

/** Fields of a sound descriptor but for its function table. */
#define MOCK_DESCRIPTOR(kind_, id_)                                                                \
    .size = sizeof(qwr_plugin), .abi_major = QWR_PLUGIN_ABI_MAJOR,                                 \
    .abi_minor = QWR_PLUGIN_ABI_MINOR, .kind = (kind_), .id = (id_), .version = "1",               \
    .summary = "Breaks the contract in one way.", .licence = "Apache-2.0"

/** Defines the entry function. */
#define MOCK_ENTRY(descriptor_)                                                                    \
    const qwr_plugin *QWR_PLUGIN_ENTRY(uint32_t host_abi_minor)                                    \
    {                                                                                              \
        (void)host_abi_minor;                                                                      \
        return &(descriptor_);                                                                     \
    }

static inline int32_t mock_create(void **instance, const qwr_host *host)
{
    *instance = (void *)(uintptr_t)host;
    return QWR_PLUGIN_OK;
}

static inline void mock_destroy(void *instance)
{
    (void)instance;
}

static inline const char *mock_engine(void)
{
    return "mock";
}

static inline int32_t mock_unknown(void *instance, const qwr_milp_view *model,
                                   const qwr_milp_limits *limits, qwr_milp_answer *answer)
{
    (void)instance;
    (void)model;
    (void)limits;
    answer->state = QWR_MILP_UNKNOWN;
    return QWR_PLUGIN_OK;
}

/** A solver table around one solve function. */
#define MOCK_SOLVER_TABLE(solve_)                                                                  \
    {                                                                                              \
        sizeof(qwr_solver_functions), mock_create, mock_destroy, (solve_), mock_engine             \
    }

#endif
