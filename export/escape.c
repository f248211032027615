#include "export/escape.h"

#include <stdbool.h>
#include <string.h>

#include "io/digest.h"
#include "io/json_text.h"

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

/* --- iCalendar */

/* Length of the line end at `at`: CR LF, CR, LF, or one of Unicode's; 0 where there is none. */
static size_t line_end(const char *at)
{
    static const char *const ends[] = {"\r\n", "\r", "\n", "\xC2\x85", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
        if (strncmp(at, ends[i], strlen(ends[i])) == 0)
            return strlen(ends[i]);
    return 0;
}

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

/* Bytes at `at` that no rule is about. */
static size_t plain_ics(const char *at)
{
    size_t n = 0;
    while (at[n] != '\0' && !is_control(at[n]) && strchr("\\,;\xC2\xE2", at[n]) == NULL)
        n++;
    return n;
}

void escape_ics(struct text *to, const char *string)
{
    for (const char *at = string; *at != '\0';) {
        size_t plain = plain_ics(at), end = line_end(at);
        if (plain > 0)
            text_add(to, at, plain);
        else if (end > 0)
            text_add(to, "\\n", 2);
        else if (*at == '\\' || *at == ',' || *at == ';')
            text_addf(to, "\\%c", *at);
        else if (is_control(*at) && *at != '\t')
            text_addf(to, "\\\\u%04X", (unsigned)*at);
        else
            text_add(to, at, 1);
        at += plain > 0 ? plain : end > 0 ? end : 1;
    }
}

/* At most `most` bytes of the line, cut between characters. */
static size_t piece(const char *line, size_t size, size_t most)
{
    if (size <= most)
        return size;
    while (most > 1 && ((unsigned char)line[most] & 0xC0) == 0x80)
        most--;
    return most;
}

void fold_ics(struct text *to, const char *line, size_t size)
{
    size_t part = piece(line, size, 75);
    text_add(to, line, part);
    for (size_t done = part; done < size; done += part) {
        part = piece(line + done, size - done, 74); /* a blank goes before it */
        text_add(to, "\r\n ", 3);
        text_add(to, line + done, part);
    }
    text_add(to, "\r\n", 2);
}

/* --- XML */

/* Bytes at `at` that no rule is about. */
static size_t plain_xml(const char *at)
{
    size_t n = 0;
    while (at[n] != '\0' && (unsigned char)at[n] >= 0x20 && strchr("&<>\"'\x7F\xEF", at[n]) == NULL)
        n++;
    return n;
}

void escape_xml(struct text *to, const char *string)
{
    for (const char *at = string; *at != '\0';) {
        size_t plain = plain_xml(at);
        bool forbidden = strncmp(at, "\xEF\xBF\xBE", 3) == 0 || strncmp(at, "\xEF\xBF\xBF", 3) == 0;
        if (plain > 0)
            text_add(to, at, plain);
        else if (forbidden)
            text_addf(to, "\\uFFF%c", at[2] == '\xBE' ? 'E' : 'F');
        else if (*at == '\xEF')
            text_add(to, at, 1);
        else if (is_control(*at) && strchr("\t\r\n", *at) == NULL)
            text_addf(to, "\\u%04X", (unsigned)*at);
        else
            text_addf(to, "&#%d;", *at);
        at += plain > 0 ? plain : forbidden ? 3 : 1;
    }
}

/* --- teleprinters */

void escape_plain(struct text *to, const char *string, size_t most)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz", capital[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const size_t begin = to->size;
    bool blank = false;
    for (const char *at = string; *at != '\0'; at++) {
        const char *letter = strchr(small, *at);
        char c = letter != NULL ? capital[letter - small] : *at;
        if (strchr(capital, c) == NULL && strchr("0123456789.", c) == NULL) {
            blank = to->size > begin;
            continue;
        }
        if (to->size - begin + blank + 1 > most)
            break;
        text_addf(to, "%s%c", blank ? " " : "", c);
        blank = false;
    }
}

/* --- file names */

void escape_file_name(struct text *to, const char *id)
{
    static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", small[] = "abcdefghijklmnopqrstuvwxyz";
    enum { MOST_SIZE = 64, MOST_KEPT = 24 };
    size_t size = strlen(id), n = 0;
    char hex[DIGEST_SIZE];
    if (size <= MOST_SIZE && id[strspn(id, capitals)] == '\0') {
        text_add(to, id, size);
        return;
    }
    for (const char *at = id; *at != '\0' && n < MOST_KEPT; at++) {
        bool kept = strchr(capitals, *at) != NULL || strchr(small, *at) != NULL;
        if (kept)
            text_add(to, at, 1);
        n += kept;
    }
    digest(id, size, hex);
    text_addf(to, "~%.16s", hex);
}

/* --- HTML */

void escape_script(struct text *to, const char *string)
{
    struct text json;
    text_init(&json);
    text_add_json(&json, string);
    to->failed = to->failed || json.failed;
    for (const char *at = json.bytes; at != NULL && *at != '\0';) {
        size_t plain = strcspn(at, "<");
        text_add(to, at, plain);
        at += plain;
        if (*at == '<') { /* only inside the quotes */
            text_addf(to, "\\u003c");
            at++;
        }
    }
    text_release(&json);
}
