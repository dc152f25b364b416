// What the tests of the Boggle lab share: a lab outside a window.
#pragma once

#include "app/labs/boggle/boggle_lab.h"

#include <QSignalSpy>

namespace orrery::testing {

/// A lab with its run computed to the end.
struct BoggleBench {
    BoggleLab lab;
    QSignalSpy failures{&lab, &Lab::failed};

    explicit BoggleBench(const ParameterValues& values, std::int64_t index = 0, quint64 seed = 150) {
        (void)lab.open(nullptr, values, seed, {.runAhead = true, .index = index, .play = false});
        lab.waitForViews();
    }
    TransportState transport() { return lab.session()->latest()->transport; }
    void post(const Command& command) {
        lab.session()->post(command);
        lab.waitForViews();
    }
    template <class View>
    View* view() {
        for (const StageView& view : lab.stage())
            if (auto* found = qobject_cast<View*>(view.widget)) return found;
        return nullptr;
    }
    QString sentence() { return failures.isEmpty() ? QString() : failures.last().front().toString(); }
};

} // namespace orrery::testing
