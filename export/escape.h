/* One writer per escaping rule. Every `string` is UTF-8 without NUL, as everything is that was read. docs/exports.md
 * says for each what arrives unharmed. */
#ifndef SORTIE_EXPORT_ESCAPE_H
#define SORTIE_EXPORT_ESCAPE_H

#include <stddef.h>

#include "io/show_text.h"

/* A CSV cell of text (RFC 4180). Where a spreadsheet would take the cell for a formula, or it begins with ', a ' is put
 * before it; a reader that takes one ' off again has the text as it was. */
void escape_csv(struct text *to, const char *string);

/* The value of an iCalendar property of type TEXT (RFC 5545). Every kind of line end becomes \n; other control
 * characters, which the format cannot hold, are written out as \u0001. */
void escape_ics(struct text *to, const char *string);

/* One content line of iCalendar, ended: folded to 75 bytes, no character cut in two. `line` holds no line end. */
void fold_ics(struct text *to, const char *line, size_t size);

/* Text or an attribute's value in XML 1.0 or HTML. Line ends arrive as they are; what XML cannot hold at all (control
 * characters, U+FFFE, U+FFFF) is written out as \u0001. */
void escape_xml(struct text *to, const char *string);

/* What teleprinter formats can hold: capitals, digits, '.' and single blanks; small letters become capitals, all else a
 * blank, none at either end. At most `most` bytes. */
void escape_plain(struct text *to, const char *string, size_t most);

/* A file name without its ending, in ASCII: an id of capitals, digits, '-' and '_' as it is; of any other what can be
 * kept, and a digest, so that no two ids have the same name, on file systems that ignore case either. */
void escape_file_name(struct text *to, const char *id);

/* A JSON string inside a script element of HTML: no '<' stands in it, so that nothing in it ends the element or begins
 * another. */
void escape_script(struct text *to, const char *string);

#endif
