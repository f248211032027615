#include "export/settings.h"

#include <string.h>

#include "io/suggest.h"

static bool is_prefix(const struct setting *known)
{
    return known->key[strlen(known->key) - 1] == '.';
}

/* The setting that "KEY=VALUE" is for; NULL where there is none. */
static const struct setting *find(const struct setting *known, const char *given)
{
    size_t size = strcspn(given, "=");
    for (; known->key != NULL; known++) {
        size_t length = strlen(known->key);
        bool same = is_prefix(known) ? size > length : size == length;
        if (same && memcmp(known->key, given, length) == 0)
            return known;
    }
    return NULL;
}

static bool unknown(const struct setting *known, const char *given, const char *format, struct error *err)
{
    struct suggestion meant;
    char key[64];
    size_t size = strcspn(given, "=");
    size = size < sizeof key ? size : sizeof key - 1;
    memcpy(key, given, size);
    key[size] = '\0';
    suggestion_init(&meant, key);
    for (; known->key != NULL; known++)
        suggestion_try(&meant, known->key);
    if (meant.best != NULL)
        return error_set(err, ERR_USAGE, "--to %s has no setting \"%s\"; did you mean \"%s\"?", format, key,
                         meant.best);
    return error_set(err, ERR_USAGE, "--to %s has no setting \"%s\"; see sortie export --help", format, key);
}

bool settings_check(const struct settings *settings, const char *format, struct error *err)
{
    for (size_t i = 0; i < settings->n; i++) {
        if (strchr(settings->given[i], '=') == NULL)
            return error_set(err, ERR_USAGE, "--set needs KEY=VALUE, got \"%.200s\"", settings->given[i]);
        if (find(settings->known, settings->given[i]) == NULL)
            return unknown(settings->known, settings->given[i], format, err);
    }
    return true;
}

const char *settings_of(const struct settings *settings, const char *prefix, const char *id)
{
    size_t length = strlen(prefix), size = strlen(id);
    for (size_t i = settings->n; i-- > 0;) {
        const char *given = settings->given[i];
        if (strncmp(given, prefix, length) == 0 && strncmp(given + length, id, size) == 0 &&
            given[length + size] == '=')
            return given + length + size + 1;
    }
    return NULL;
}

const char *settings_get(const struct settings *settings, const char *key)
{
    const char *given = settings_of(settings, key, "");
    const struct setting *known = settings->known;
    while (given == NULL && known->key != NULL && strcmp(known->key, key) != 0)
        known++;
    return given != NULL ? given : known->otherwise;
}
