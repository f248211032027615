/* sortie generate: an instance by seed, and which rules its optimum hangs on. */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/say.h"
#include "generate/binding.h"
#include "generate/generate.h"
#include "io/read_instance.h"
#include "io/suggest.h"
#include "io/whole_file.h"

enum { MOST_DRAWS = 100 };

void generate_help(struct text *to)
{
    text_addf(to, "\nFamilies:\n");
    for (const struct family *family = families; family->name; family++)
        text_addf(to, "  %-19s  %s\n", family->name, family->summary);
}

static bool find_family(const char *name, const struct family **family, struct error *err)
{
    if (!name)
        return error_set(err, ERR_USAGE, "which family? give --family F; see sortie generate --help");
    *family = family_find(name);
    if (*family)
        return true;
    struct suggestion meant;
    suggestion_init(&meant, name);
    for (const struct family *known = families; known->name; known++)
        suggestion_try(&meant, known->name);
    if (meant.best)
        return error_set(err, ERR_USAGE, "unknown family \"%s\"; did you mean \"%s\"?", name, meant.best);
    return error_set(err, ERR_USAGE, "unknown family \"%s\"; see sortie generate --help", name);
}

/* What is written can be read: a fault here is one of ours. */
static bool can_be_read(const char *bytes, struct error *err)
{
    struct instance inst;
    struct error fault;
    char *faults;
    error_init(&fault);
    bool good = read_instance_text("the instance", bytes, strlen(bytes), &inst, &faults, &fault);
    free(faults);
    if (!good)
        return error_set(err, ERR_INTERNAL, "internal error: %.900s", fault.text);
    instance_release(&inst);
    return true;
}

/* "5 of 11 kinds of rule bind: seats, caps, ...; not known: parking"; the others only where `proven`. */
static void report(const enum binding found[N_RULE_KINDS], bool proven)
{
    struct text text;
    int n[N_BINDINGS] = {0};
    for (int kind = 0; kind < N_RULE_KINDS; kind++)
        n[found[kind]]++;
    text_init(&text);
    text_addf(&text, "%d of %d kinds of rule %s", n[BINDING_SHOWN], N_RULE_KINDS - n[BINDING_ABSENT],
              proven ? "bind" : "seem to bind");
    for (enum binding how = BINDING_SHOWN; how != BINDING_ABSENT && (proven || how == BINDING_SHOWN); how--) {
        const char *before = how == BINDING_SHOWN ? ": " : how == BINDING_NOT ? "; do not: " : "; not known: ";
        for (int kind = 0; kind < N_RULE_KINDS; kind++) {
            if (found[kind] != how)
                continue;
            text_addf(&text, "%s%s", before, rule_kind_text((enum rule_kind)kind));
            before = ", ";
        }
    }
    say_text(&text);
}

static bool make(const struct family *family, const struct options *options, int draw, char **bytes, struct error *err)
{
    const struct knobs knobs = {.size = options->size,
                                .days = options->days,
                                .windows = options->tight_windows,
                                .fleet = options->tight_fleet,
                                .caps = options->tight_caps};
    struct text text;
    text_init(&text);
    bool good = generate_instance(family, options->seed, draw, &knobs, &text, err);
    *bytes = good ? text_take(&text, err) : NULL;
    text_release(&text);
    return *bytes && can_be_read(*bytes, err);
}

/* Whether as many kinds of rule seem to bind as asked for. */
static bool probe(const struct options *options, const char *bytes, bool *enough, struct error *err)
{
    enum binding found[N_RULE_KINDS];
    int shown = 0;
    *enough = options->binding == 0;
    if (*enough)
        return true;
    if (!probe_binding(bytes, strlen(bytes), &interrupted, found, err))
        return false;
    for (int kind = 0; kind < N_RULE_KINDS; kind++)
        shown += found[kind] == BINDING_SHOWN;
    *enough = shown >= options->binding && !interrupted;
    if (*enough && !options->quiet)
        report(found, false);
    return true;
}

/* The first draw that will do. */
static bool find_instance(const struct options *options, char **bytes, struct error *err)
{
    const struct family *family;
    bool good = find_family(options->family, &family, err), enough = false;
    for (int draw = 1; good && !enough && draw <= MOST_DRAWS && !interrupted; draw++) {
        free(*bytes);
        good = make(family, options, draw, bytes, err) && probe(options, *bytes, &enough, err);
    }
    if (good && !enough && interrupted)
        return error_set(err, ERR_NO_ANSWER, "stopped before an instance was found");
    return good && (enough || error_set(err, ERR_NO_ANSWER,
                                        "no instance of %d draws in which %d kinds of rule seem to bind; fewer: "
                                        "--binding K, none: --binding 0",
                                        (int)MOST_DRAWS, options->binding));
}

/* What can be proven in the time there is. */
static bool prove(const struct options *options, const char *bytes, struct error *err)
{
    enum binding found[N_RULE_KINDS];
    if (!options->report)
        return true;
    if (!find_binding(bytes, strlen(bytes), options->time_limit_s, &interrupted, found, err))
        return false;
    report(found, true);
    return true;
}

int cmd_generate(const struct options *options)
{
    struct error err;
    char *bytes = NULL;
    error_init(&err);
    if (!output_is_sound(options, false))
        return EXIT_INPUT;
    bool good = (interrupt_catch() || error_set(&err, ERR_INTERNAL, "signals cannot be caught")) &&
                find_instance(options, &bytes, &err) && prove(options, bytes, &err) &&
                whole_file_write(options->output, bytes, strlen(bytes), &err);
    free(bytes);
    return good ? EXIT_GOOD : fail(&err);
}
