/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a published berth allocation instance in text: read, frozen, or refused. */
#include "fuzz_instance.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_instance(data, size, QWR_FORMAT_DBAP_TEXT);
    return 0;
}
