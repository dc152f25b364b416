// Threads that work beside what a person is looking at.
#pragma once

namespace orrery {

/// From here on the calling thread, and threads that it starts, leave the processors to the window and the
/// session where they are short; an idle machine gives it all. Nothing happens where the system has no such
/// thing.
void yieldToOthers();

} // namespace orrery
