/* One writer per escaping rule. Every `string` is UTF-8 without NUL, as everything is that was read. docs/exports.md
 * says for each what arrives unharmed. */
#ifndef SORTIE_EXPORT_ESCAPE_H
#define SORTIE_EXPORT_ESCAPE_H

#include "io/show_text.h"

/* A CSV cell of text (RFC 4180). Where a spreadsheet would take the cell for a formula, or it begins with ', a ' is put
 * before it; a reader that takes one ' off again has the text as it was. */
void escape_csv(struct text *to, const char *string);

#endif
