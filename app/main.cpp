// One program: `orrery` opens the window; solve, render, bench and list run without one.
#include "app/cli/command_line.h"

int main(int argc, char** argv) {
    return orrery::runCommandLine(argc, argv);
}
