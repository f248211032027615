/* Generated instances: always readable, the same bytes everywhere, and rules that bind. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "generate/binding.h"
#include "generate/generate.h"
#include "io/digest.h"
#include "io/read_instance.h"
#include "tests/tests.h"

static char *made(const struct family *family, uint64_t seed, const struct knobs *knobs)
{
    struct text text;
    struct error err;
    error_init(&err);
    text_init(&text);
    CU_ASSERT_FATAL(generate_instance(family, seed, 1, knobs, &text, &err));
    char *bytes = text_take(&text, &err);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
    return bytes;
}

static void readable(void)
{
    static const int32_t sizes[] = {1, 2, 6, 61, 2000}, tightness[] = {0, 500, 1000}, days[] = {1, 3, 60};
    for (const struct family *family = families; family->name; family++)
        for (size_t i = 0; i < 5; i++)
            for (size_t t = 0; t < 3; t++)
                for (uint64_t seed = 1; seed <= (sizes[i] < 100 ? 6 : 1); seed++) {
                    const struct knobs knobs = {sizes[i], days[(i + t) % 3], tightness[t], tightness[t], tightness[t]};
                    char *bytes = made(family, seed, &knobs), *again = made(family, seed, &knobs), *faults = NULL;
                    struct instance inst;
                    struct error err;
                    error_init(&err);
                    bool good = read_instance_text("generated", bytes, strlen(bytes), &inst, &faults, &err);
                    CU_ASSERT(good);
                    if (!good)
                        printf("%s, seed %d, size %d: %s", family->name, (int)seed, (int)sizes[i], faults);
                    CU_ASSERT(!good || inst.n_demands == (size_t)sizes[i]);
                    CU_ASSERT_STRING_EQUAL(bytes, again);
                    instance_release(&inst);
                    free(faults);
                    free(bytes);
                    free(again);
                }
}

/* What these seeds mean is written down, so that it stays. */
static void same_everywhere(void)
{
    static const struct {
        const char *family, *sha256;
    } known[] = {
        {"border", "f64b2173db88d0ab18308c7da296a1e7d848b4d2657cabd8e4b90446fa82328d"},
        {"hub-and-spoke", "32c39be73a6ff11b730f9dbb919d79ace1e04b76da3543176d670447034425ba"},
        {"shuttle", "59e53ccebc7832a3f55a86ef7b5776397a525333fc2ba0bb38c70956e8274f4d"},
        {"island-evacuation", "f870cd1bcf16d72126527d1636fea4fe31a348aaae6cb37c756dbec329385b9d"},
        {"medical-bridge", "98fb95984e76b4e475b7b62ea1d821fe9322a2dc712745314352bbea81cd8117"},
    };
    const struct knobs knobs = {6, 2, 500, 500, 500};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char hex[DIGEST_SIZE], *bytes = made(family_find(known[i].family), 4711, &knobs);
        digest(bytes, strlen(bytes), hex);
        CU_ASSERT_STRING_EQUAL(hex, known[i].sha256);
        free(bytes);
    }
}

/* Two demands whose windows and spokes' opening hours leave too little time; spokes have runways of 8,000 ft and more.
 */
static void binding(void)
{
    const struct knobs knobs = {2, 1, 500, 500, 500};
    char *bytes = made(family_find("hub-and-spoke"), 5, &knobs);
    enum binding found[N_RULE_KINDS];
    struct error err;
    error_init(&err);
    CU_ASSERT_FATAL(find_binding(bytes, strlen(bytes), 20, NULL, found, &err));
    CU_ASSERT_EQUAL(found[RULE_HOURS], BINDING_SHOWN);
    CU_ASSERT_EQUAL(found[RULE_WINDOWS], BINDING_SHOWN);
    CU_ASSERT_EQUAL(found[RULE_RUNWAY], BINDING_NOT);
    CU_ASSERT_EQUAL(found[RULE_ROLLING], BINDING_ABSENT);
    CU_ASSERT_EQUAL(found[RULE_APART], BINDING_ABSENT);
    free(bytes);
}

/* Draws of a seed differ; a probe says the same every time, and only of rules that are there. */
static void probes(void)
{
    const struct knobs knobs = {3, 1, 500, 500, 500};
    for (const struct family *family = families; family->name; family++) {
        enum binding found[2][N_RULE_KINDS], proven[N_RULE_KINDS];
        struct text text[2];
        struct error err;
        error_init(&err);
        for (int draw = 1; draw <= 2; draw++) {
            text_init(&text[draw - 1]);
            CU_ASSERT_FATAL(generate_instance(family, 3, draw, &knobs, &text[draw - 1], &err));
        }
        CU_ASSERT_STRING_NOT_EQUAL(text[0].bytes, text[1].bytes);
        CU_ASSERT_PTR_NOT_NULL(strstr(text[1].bytes, "seed 3, size 3, draw 2\""));
        for (int i = 0; i < 2; i++)
            CU_ASSERT_FATAL(probe_binding(text[0].bytes, text[0].size, NULL, found[i], &err));
        CU_ASSERT(memcmp(found[0], found[1], sizeof found[0]) == 0);
        CU_ASSERT_FATAL(find_binding(text[0].bytes, text[0].size, 0.05, NULL, proven, &err));
        for (int kind = 0; kind < N_RULE_KINDS; kind++)
            CU_ASSERT((found[0][kind] == BINDING_ABSENT) == (proven[kind] == BINDING_ABSENT));
        text_release(&text[0]);
        text_release(&text[1]);
    }
}

/* The optimum hangs on opening hours and windows here, and on runways not: see above. */
static void probe_agrees(void)
{
    const struct knobs knobs = {2, 1, 500, 500, 500};
    char *bytes = made(family_find("hub-and-spoke"), 5, &knobs);
    enum binding found[N_RULE_KINDS];
    struct error err;
    error_init(&err);
    CU_ASSERT_FATAL(probe_binding(bytes, strlen(bytes), NULL, found, &err));
    CU_ASSERT_EQUAL(found[RULE_HOURS], BINDING_SHOWN);
    CU_ASSERT_EQUAL(found[RULE_WINDOWS], BINDING_SHOWN);
    CU_ASSERT_EQUAL(found[RULE_RUNWAY], BINDING_UNKNOWN);
    CU_ASSERT_EQUAL(found[RULE_APART], BINDING_ABSENT);
    free(bytes);
}

void add_generate_tests(CU_pSuite suite)
{
    CU_add_test(suite, "all can be read", readable);
    CU_add_test(suite, "a seed means the same bytes", same_everywhere);
    CU_add_test(suite, "which rules bind", binding);
    CU_add_test(suite, "probes say the same twice", probes);
    CU_add_test(suite, "a probe sees what binds", probe_agrees);
}
