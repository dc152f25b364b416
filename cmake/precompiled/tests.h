// Compiled once for the tests that see no widgets. First what uses `slots` and `emit` as names, of which Qt
// then makes keywords.
#pragma once

#include "cmake/precompiled/core.h"
#include "core/linear/active_factor.h"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <QtTest>
