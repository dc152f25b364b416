// The bench of the command line as a program of its own; same options, same output.
#include "app/cli/bench_boggle.h"

#include <iostream>
#include <vector>

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    return orrery::cli::benchBoggle(arguments, std::cout, std::cerr);
}
