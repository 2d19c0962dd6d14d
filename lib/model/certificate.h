/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the floors above do with certificates beyond <quaywright/certificate.h>: hang one on a plan.
 * Must never know whether one holds.
 */
#ifndef QWR_MODEL_CERTIFICATE_H
#define QWR_MODEL_CERTIFICATE_H

#include "base/base.h"

#include <quaywright/certificate.h>

/** A copy in another context's memory, owned by caller. */
qwr_status qwr__certificate_copy(qwr_certificate **out, qwr_context *ctx,
                                 const qwr_certificate *certificate);

/**
 * Puts a certificate in the place of the plan's old one, which is freed; the plan owns it from then
 * on. NULL: none any more.
 * @return QWR_OK; QWR_EINVAL (no plan, or the certificate is about another number of calls): then
 *         it still belongs to the caller.
 */
qwr_status qwr__plan_set_certificate(qwr_plan *plan, qwr_certificate *taken);

#endif
