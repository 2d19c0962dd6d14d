/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The conformance suite of a plugin in a child process, made by fork and exec of this program, so
 * that neither a crash nor a hang of the module reaches the tool. Knows nothing of what is checked.
 */
#include "cli/plugin_child.h"

#include "cli/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LINES_MAX = 1 << 20 };

/* In the child: never returns. Only calls that are safe after fork. */
static void become_check(const char *file, int output)
{
    static char words[][16] = {"quaywright", "plugin", "--in-process", "--", "check"};
    char *arguments[] = {words[0], words[1], words[2], words[3], words[4], (char *)(uintptr_t)file,
                         NULL};
    if (dup2(output, STDOUT_FILENO) >= 0)
        execv("/proc/self/exe", arguments);
    _exit(127);
}

/* Reads until the child closes its end or the time is up; 0 in that case. */
static int collect(textbuf *lines, int input, int64_t end_us)
{
    char buffer[4096];
    for (;;) {
        struct pollfd waiting = {.fd = input, .events = POLLIN};
        int64_t left_ms = (end_us - machine_wall_us()) / 1000;
        if (left_ms <= 0)
            return 0;
        int ready = poll(&waiting, 1, left_ms > 1000 ? 1000 : (int)left_ms);
        if (ready < 0 && errno != EINTR)
            return 0;
        if (ready <= 0)
            continue;
        ssize_t got = read(input, buffer, sizeof buffer);
        if (got == 0)
            return 1;
        if (got < 0 && errno != EINTR)
            return 1;
        if (got > 0 && lines->length < LINES_MAX)
            textbuf_bytes(lines, buffer, (size_t)got);
    }
}

/* A module may also hang while the child ends, after its output was closed. */
static void wait_for(child_result *out, pid_t child, int64_t end_us)
{
    static const struct timespec nap = {.tv_nsec = 5000000};
    int state = 0;
    pid_t got;
    for (;;) {
        got = waitpid(child, &state, WNOHANG);
        if (got != 0 && !(got < 0 && errno == EINTR))
            break;
        if (!out->timed_out && machine_wall_us() >= end_us)
            out->timed_out = 1;
        if (out->timed_out)
            kill(child, SIGKILL);
        nanosleep(&nap, NULL);
    }
    if (got == child && WIFEXITED(state))
        out->exit_code = WEXITSTATUS(state);
    if (got == child && WIFSIGNALED(state))
        out->signal = WTERMSIG(state);
}

cli_exit child_run(child_result *out, const char *file, int64_t timeout_ms)
{
    int ends[2];
    *out = (child_result){.exit_code = -1};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return cli_fail_own(CLI_INTERNAL, "no pipe to the child: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0)
        become_check(file, ends[1]);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return cli_fail_own(CLI_INTERNAL, "no child process: %s", strerror(errno));
    }
    int64_t end_us = machine_wall_us() + timeout_ms * 1000;
    out->timed_out = !collect(&out->lines, ends[0], end_us);
    close(ends[0]);
    wait_for(out, child, end_us);
    return CLI_OK;
}
