#include "gpu/runner/commands.h"

int main(int argc, char** argv) {
    return orrery::gpu::runCommandLine(argc, argv);
}
