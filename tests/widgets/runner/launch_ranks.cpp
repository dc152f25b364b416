// `launch_ranks N PROGRAM …`: starts N processes as srun does. Standard input is copied to each, their lines
// are merged, each is told its rank by SLURM_PROCID.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <iostream>
#include <mutex>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

struct Task {
    pid_t process = -1;
    int input = -1, output = -1;
};

Task start(int rank, char** argv) {
    int in[2], out[2];
    if (pipe(in) != 0 || pipe(out) != 0) std::exit(1);
    const pid_t process = fork();
    if (process == 0) {
        dup2(in[0], 0), dup2(out[1], 1);
        for (const int end : {in[0], in[1], out[0], out[1]})
            close(end);
        setenv("SLURM_PROCID", std::to_string(rank).c_str(), 1);
        execvp(argv[0], argv);
        std::_Exit(127);
    }
    close(in[0]), close(out[1]);
    // What one child holds open of another's input would keep it from ever ending.
    for (const int end : {in[1], out[0]})
        if (fcntl(end, F_SETFD, FD_CLOEXEC) != 0) std::exit(1);
    return {process, in[1], out[0]};
}

} // namespace

int main(int argc, char** argv) {
    const int count = argc > 2 ? std::atoi(argv[1]) : 0;
    if (count < 1) return 2;
    std::signal(SIGPIPE, SIG_IGN);
    std::vector<Task> tasks;
    for (int rank = 0; rank < count; ++rank)
        tasks.push_back(start(rank, argv + 2));
    std::mutex mutex;
    std::vector<std::thread> readers;
    for (const Task& task : tasks)
        readers.emplace_back([&mutex, file = fdopen(task.output, "r")] {
            char* line = nullptr;
            std::size_t room = 0;
            for (ssize_t n = getline(&line, &room, file); n > 0; n = getline(&line, &room, file)) {
                const std::lock_guard lock(mutex);
                std::cout.write(line, n).flush();
            }
            std::free(line);
        });
    for (std::string line; std::getline(std::cin, line);)
        for (const Task& task : tasks)
            if (write(task.input, (line + "\n").data(), line.size() + 1) < 0) continue;
    for (const Task& task : tasks)
        close(task.input);
    for (std::thread& reader : readers)
        reader.join();
    int worst = 0;
    for (const Task& task : tasks) {
        int status = 0;
        waitpid(task.process, &status, 0);
        worst = std::max(worst, WIFEXITED(status) ? WEXITSTATUS(status) : 1);
    }
    return worst;
}
