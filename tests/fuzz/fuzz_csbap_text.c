/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a published instance of a continuous quay: read, frozen, or refused. */
#include "fuzz_instance.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_instance(data, size, QWR_FORMAT_CSBAP_TEXT);
    return 0;
}
