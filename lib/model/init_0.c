/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The entities of version 0.1 whose structs have grown since, for programs linked then: they left
 * room for the old size where the default is returned, and find these by the symbol version
 * QUAYWRIGHT_0. Programs linked today get those of the header. Must never return more bytes than
 * 0.1 declared.
 */
#include <quaywright/plan.h>
#include <quaywright/scenario.h>
#include <stddef.h>
#include <string.h>

/* A static library has no symbol versions, nor programs older than itself. */
#ifdef PIC

/* A struct of that many bytes is returned in the caller's memory, as the struct of 0.1 was. */
#define AS_OF_0(name, type, first_new)                                                             \
    struct qwr__##name##_of_0 {                                                                    \
        _Alignas(type) unsigned char bytes[offsetof(type, first_new)];                             \
    };                                                                                             \
    OLD_SYMBOL(name)                                                                               \
    struct qwr__##name##_of_0 qwr__##name##_init_of_0(void)                                        \
    {                                                                                              \
        struct qwr__##name##_of_0 old;                                                             \
        type now = qwr_##name##_init();                                                            \
                                                                                                   \
        now.size = sizeof old;                                                                     \
        memcpy(old.bytes, &now, sizeof old);                                                       \
        return old;                                                                                \
    }

/* The attribute outlives link-time optimisation; clang does not know it. */
#if defined(__has_attribute) && __has_attribute(symver)
#define OLD_SYMBOL(name)                                                                           \
    struct qwr__##name##_of_0 qwr__##name##_init_of_0(void)                                        \
        __attribute__((visibility("default"), symver("qwr_" #name "_init@QUAYWRIGHT_0")));
#else
#define OLD_SYMBOL(name)                                                                           \
    __asm__(".symver qwr__" #name "_init_of_0, qwr_" #name "_init@QUAYWRIGHT_0");                  \
    QWR_API struct qwr__##name##_of_0 qwr__##name##_init_of_0(void);
#endif

AS_OF_0(scenario_info, qwr_scenario_info, profile)
AS_OF_0(call, qwr_call, handover_mu)
AS_OF_0(stay, qwr_stay, steps)

#else
typedef int qwr__nothing_old; /* a source file may not be empty */
#endif
