/* Preloaded into a batch: a process whose instance is called crash, runaway or endless does as it is called. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int is_at(const char *line, ssize_t size, const char *name)
{
    return memmem(line, (size_t)size, name, strlen(name)) != NULL;
}

__attribute__((constructor)) static void misbehave(void)
{
    char line[4096];
    int fd = open("/proc/self/cmdline", O_RDONLY);
    ssize_t size = fd < 0 ? 0 : read(fd, line, sizeof line);
    if (fd >= 0)
        close(fd);
    if (size <= 0 || !is_at(line, size, "solve"))
        return;
    if (is_at(line, size, "/crash.json"))
        raise(SIGSEGV);
    if (is_at(line, size, "/runaway.json")) /* all there is, to the last bytes, and then on */
        for (size_t piece = (size_t)16 << 20; piece >= 16; piece /= 2)
            for (char *room; (room = malloc(piece)) != NULL;)
                memset(room, 1, piece);
    if (is_at(line, size, "/endless.json"))
        for (;;)
            pause();
}
