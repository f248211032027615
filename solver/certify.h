/* Keeps what proves the best bound of the root. */
#ifndef SORTIE_SOLVER_CERTIFY_H
#define SORTIE_SOLVER_CERTIFY_H

#include "model/certificate.h"
#include "solver/master.h"

/* The bound without a program: duals of the demands' rows alone. False where memory ran out. */
bool certify_quick(struct certificate *certificate, const struct instance *inst);

/* Takes rows and last duals where `bound`, in hundredths, is above the certificate's. No branch may be in force. */
bool certify_root(struct certificate *certificate, const struct master *master, cent_t bound);

#endif
