/* SPDX-License-Identifier: Apache-2.0 */
/* Misbehaving module: it has no entry symbol. */
int qwr_mock_something_else(void);

__attribute__((visibility("default"))) int qwr_mock_something_else(void)
{
    return 1;
}
