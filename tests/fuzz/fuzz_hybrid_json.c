/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a published hybrid instance in JSON: read, frozen, or refused. */
#include "fuzz_instance.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_instance(data, size, QWR_FORMAT_HYBRID_JSON);
    return 0;
}
