/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The handshake, by a table of descriptors with one fault each. Each row must be refused with a
 * sentence of its own; the sound ones must pass.
 */
#include "registry/registry.h"
#include "support.h"

#include <string.h>

static int32_t create(void **instance, const qwr_host *host)
{
    (void)instance;
    (void)host;
    return 0;
}

static void destroy(void *instance)
{
    (void)instance;
}

static int32_t solve(void *instance, const qwr_milp_view *model, const qwr_milp_limits *limits,
                     qwr_milp_answer *answer)
{
    (void)instance;
    (void)model;
    (void)limits;
    (void)answer;
    return 0;
}

static int32_t improve(void *instance, const qwr_problem_view *problem)
{
    (void)instance;
    (void)problem;
    return 0;
}

static const char *engine(void)
{
    return "none";
}

static const qwr_solver_functions solver = {sizeof solver, create, destroy, solve, engine};
static const qwr_optimiser_functions optimiser = {sizeof optimiser, create, destroy, improve};

static const qwr_plugin sound = {.size = sizeof(qwr_plugin),
                                 .abi_major = QWR_PLUGIN_ABI_MAJOR,
                                 .kind = QWR_PLUGIN_SOLVER,
                                 .id = "abc",
                                 .version = "1",
                                 .summary = "A sentence.",
                                 .licence = "Apache-2.0",
                                 .solver = &solver};

static const qwr_plugin_option sound_option = {.size = sizeof(qwr_plugin_option),
                                               .name = "depth",
                                               .type = QWR_OPTION_INT,
                                               .unit = "",
                                               .default_int = 3,
                                               .min_int = 0,
                                               .max_int = 9,
                                               .sentence = "How deep."};

/** One change to a sound descriptor and its option, and a part of the sentence it must give. */
typedef struct fault {
    const char *part; /* NULL: still sound */
    void (*make)(qwr_plugin *p, qwr_plugin_option *o);
} fault;

#define FAULT(name, change)                                                                        \
    static void name(qwr_plugin *p, qwr_plugin_option *o)                                          \
    {                                                                                              \
        (void)p;                                                                                   \
        (void)o;                                                                                   \
        change;                                                                                    \
    }

static qwr_solver_functions short_table;
static qwr_solver_functions holed_table;

FAULT(none, (void)0)
FAULT(newer_minor, p->abi_minor = 900)
FAULT(unknown_capability, p->capabilities = 0x80000000u)
FAULT(grown, p->size = sizeof(qwr_plugin) + 64)
FAULT(longest_id, p->id = "a234567890123456789012345678901")
FAULT(short_size, p->size = 40)
FAULT(absurd_size, p->size = 0xffffffffu)
FAULT(other_major, p->abi_major = 2)
FAULT(kind_zero, p->kind = 0)
FAULT(kind_four, p->kind = 4)
FAULT(id_null, p->id = NULL)
FAULT(id_empty, p->id = "")
FAULT(id_capital, p->id = "Abc")
FAULT(id_digit_first, p->id = "1abc")
FAULT(id_dot, p->id = "a.b")
FAULT(id_long, p->id = "a2345678901234567890123456789012")
FAULT(version_null, p->version = NULL)
FAULT(summary_empty, p->summary = "")
FAULT(summary_two_lines, p->summary = "one\ntwo")
FAULT(licence_null, p->licence = NULL)
FAULT(table_missing, p->solver = NULL)
FAULT(table_of_other_kind, (p->solver = NULL, p->optimiser = &optimiser))
FAULT(two_tables, p->optimiser = &optimiser)
FAULT(table_small, (short_table = solver, short_table.size = 16, p->solver = &short_table))
FAULT(table_hole, (holed_table = solver, holed_table.solve = NULL, p->solver = &holed_table))
FAULT(options_many, p->option_count = 65)
FAULT(options_null, (p->option_count = 1, p->options = NULL))
FAULT(with_option, p->option_count = 1)
FAULT(option_small, (p->option_count = 1, o->size = 8))
FAULT(option_nameless, (p->option_count = 1, o->name = NULL))
FAULT(option_bad_name, (p->option_count = 1, o->name = "De-pth"))
FAULT(option_unitless, (p->option_count = 1, o->unit = NULL))
FAULT(option_no_sentence, (p->option_count = 1, o->sentence = ""))
FAULT(option_low, (p->option_count = 1, o->default_int = -1))
FAULT(option_high, (p->option_count = 1, o->default_int = 10))
FAULT(option_bounds, (p->option_count = 1, o->min_int = 10))
FAULT(option_type, (p->option_count = 1, o->type = 9))
FAULT(option_bool, (p->option_count = 1, o->type = QWR_OPTION_BOOL))
FAULT(option_text, (p->option_count = 1, o->type = QWR_OPTION_TEXT))
FAULT(option_no_words, (p->option_count = 1, o->type = QWR_OPTION_WORD, o->default_text = "a"))
FAULT(option_part_of_word, (p->option_count = 1, o->type = QWR_OPTION_WORD, o->words = "alpha|beta",
                            o->default_text = "bet"))
FAULT(option_last_word, (p->option_count = 1, o->type = QWR_OPTION_WORD, o->words = "alpha|beta",
                         o->default_text = "beta"))

static const fault faults[] = {{NULL, none},
                               {NULL, newer_minor},
                               {NULL, unknown_capability},
                               {NULL, grown},
                               {NULL, longest_id},
                               {NULL, with_option},
                               {NULL, option_last_word},
                               {"descriptor has size 40", short_size},
                               {"descriptor has size", absurd_size},
                               {"made for plugin ABI 2", other_major},
                               {"kind 0", kind_zero},
                               {"kind 4", kind_four},
                               {"id is not of the form", id_null},
                               {"id is not of the form", id_empty},
                               {"id is not of the form", id_capital},
                               {"id is not of the form", id_digit_first},
                               {"id is not of the form", id_dot},
                               {"id is not of the form", id_long},
                               {"no version", version_null},
                               {"no summary", summary_empty},
                               {"no summary", summary_two_lines},
                               {"no licence", licence_null},
                               {"lacks the function table", table_missing},
                               {"lacks the function table", table_of_other_kind},
                               {"sets 2 function tables", two_tables},
                               {"has size 16", table_small},
                               {"lacks a function", table_hole},
                               {"at most 64", options_many},
                               {"gives no table", options_null},
                               {"has size 8", option_small},
                               {"has no name", option_nameless},
                               {"has no name", option_bad_name},
                               {"lacks its unit", option_unitless},
                               {"lacks its unit or its sentence", option_no_sentence},
                               {"outside its bounds", option_low},
                               {"outside its bounds", option_high},
                               {"above the largest", option_bounds},
                               {"type 9", option_type},
                               {"0 or 1", option_bool},
                               {"default text", option_text},
                               {"lists no words", option_no_words},
                               {"not one of its words", option_part_of_word}};

START_TEST(descriptor_with_one_fault_is_refused_with_its_sentence)
{
    char message[400];
    const fault *f = &faults[_i];
    qwr_plugin_option option = sound_option;
    qwr_plugin plugin = sound;
    plugin.options = &option;
    f->make(&plugin, &option);
    qwr_status status = qwr__handshake(&plugin, message, sizeof message);
    if (f->part == NULL) {
        ck_assert_msg(status == QWR_OK, "%s", message);
        ck_assert_str_eq(message, "");
    } else {
        ck_assert_int_eq(status, QWR_EPLUGIN);
        ck_assert_msg(strstr(message, f->part) != NULL, "\"%s\" not in \"%s\"", f->part, message);
    }
}
END_TEST

START_TEST(missing_descriptor_is_refused)
{
    char message[400];
    ck_assert_int_eq(qwr__handshake(NULL, message, sizeof message), QWR_EPLUGIN);
    ck_assert_ptr_nonnull(strstr(message, "no descriptor"));
}
END_TEST

START_TEST(option_declared_twice_is_refused)
{
    char message[400];
    const qwr_plugin_option twice[] = {sound_option, sound_option};
    qwr_plugin plugin = sound;
    plugin.options = twice;
    plugin.option_count = 2;
    ck_assert_int_eq(qwr__handshake(&plugin, message, sizeof message), QWR_EPLUGIN);
    ck_assert_ptr_nonnull(strstr(message, "declared twice"));
}
END_TEST

START_TEST(short_buffer_gets_a_shortened_sentence)
{
    char message[8];
    ck_assert_int_eq(qwr__handshake(NULL, message, sizeof message), QWR_EPLUGIN);
    ck_assert_uint_eq(strlen(message), 7);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("handshake");
    TCase *tests = tcase_create("handshake");
    tcase_add_loop_test(tests, descriptor_with_one_fault_is_refused_with_its_sentence, 0,
                        (int)(sizeof faults / sizeof faults[0]));
    tcase_add_test(tests, missing_descriptor_is_refused);
    tcase_add_test(tests, option_declared_twice_is_refused);
    tcase_add_test(tests, short_buffer_gets_a_shortened_sentence);
    suite_add_tcase(suite, tests);
    return qwr_test_main(suite);
}
