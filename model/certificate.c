#include "model/certificate.h"

#include <stdlib.h>

void certificate_release(struct certificate *certificate)
{
    for (size_t i = 0; i < certificate->n_rows; i++) {
        free(certificate->row[i].demand);
        free(certificate->row[i].inside);
    }
    free(certificate->row);
    free(certificate->airframe_group);
    free(certificate->crew_group);
    *certificate = (struct certificate){.wanted = certificate->wanted};
}
