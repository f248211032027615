#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "io/whole_file.h"

static void say_line(const char *prefix, const char *line)
{
    struct text text;
    text_init(&text);
    text_addf(&text, "%s", prefix);
    text_add_safe(&text, line);
    text_add(&text, "\n", 1);
    fputs(text.failed ? "sortie: out of memory\n" : text.bytes, stderr);
    text_release(&text);
}

/* Says every line of `lines`, which is changed. */
static void say_lines(const char *prefix, char *lines)
{
    char *rest = lines;
    for (char *line = strtok_r(lines, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest))
        say_line(prefix, line);
}

void say(const char *format, ...)
{
    char line[2048];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof line, format, args);
    va_end(args);
    say_line("sortie: ", line);
}

void say_text(struct text *text)
{
    if (text->failed)
        say_line("sortie: ", "out of memory");
    else if (text->bytes != NULL)
        say_lines("sortie: ", text->bytes);
    text_release(text);
}

int answer(const char *text)
{
    struct error err;
    error_init(&err);
    return whole_file_write("-", text, strlen(text), &err) ? EXIT_GOOD : fail(&err);
}

int answer_text(struct text *text)
{
    struct error err;
    error_init(&err);
    char *bytes = text_take(text, &err);
    int status = bytes != NULL ? answer(bytes) : fail(&err);
    free(bytes);
    return status;
}

int fail(const struct error *err)
{
    char lines[sizeof err->text];
    const char *text = err->text[0] != '\0' ? err->text : error_code_text(err->code);
    snprintf(lines, sizeof lines, "%s", text);
    say_lines("sortie: ", lines);
    int status = error_exit_status(err->code);
    return status != EXIT_GOOD ? status : EXIT_INTERNAL; /* a failure that set no error is a fault of ours */
}

int fail_with_faults(char *faults, const struct error *err)
{
    if (faults == NULL)
        return fail(err);
    say_lines("", faults);
    free(faults);
    int status = error_exit_status(err->code);
    return status != EXIT_GOOD ? status : EXIT_INTERNAL;
}
