#include "export/escape.h"

#include <stdbool.h>
#include <string.h>

/* --- CSV */

/* What spreadsheets begin a formula at, the full-width twins among them, and the ' that is put before it. */
static bool begins_formula(const char *string)
{
    static const char *const signs[] = {"=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strncmp(string, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

void escape_csv(struct text *to, const char *string)
{
    const char *guard = begins_formula(string) ? "'" : "";
    if (string[strcspn(string, ",;\t\"\r\n")] == '\0') {
        text_addf(to, "%s%s", guard, string);
        return;
    }
    text_addf(to, "\"%s", guard);
    for (const char *at = string; *at != '\0';) {
        size_t plain = strcspn(at, "\"");
        text_add(to, at, plain);
        at += plain;
        if (*at == '"') {
            text_add(to, "\"\"", 2);
            at++;
        }
    }
    text_add(to, "\"", 1);
}
