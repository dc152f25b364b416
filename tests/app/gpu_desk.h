// The window with the GPU lab in it, and the processes of bad and good manners that it can be given.
#pragma once

#include "app/labs/gpu/gpu_lab.h"
#include "tests/app/window_desk.h"

namespace orrery::testing {

struct GpuDesk : Desk {
    explicit GpuDesk(const char* scene = "gpu-recorded", QSize size = {1440, 900})
        : Desk(QString::fromUtf8(scene), size) {}
    GpuLab& gpu() { return dynamic_cast<GpuLab&>(lab()); }
    template <class View>
    View* part() {
        for (Card* card : window.stage()->cards())
            if (auto* found = card->findChild<View*>()) return found;
        return nullptr;
    }
    panel::RunBar* bar() { return part<panel::RunBar>(); }
    void set(const char* id, const ParameterValue& value) {
        space().editParameter(QString::fromUtf8(id), value, false);
    }
    void start(const char* manner) {
        set("command", std::string(ORRERY_FAKE_RUNNER) + " " + manner);
        set("batch", std::int64_t(2));
        set("source", std::string("command"));
    }
    QAction* button(const QString& text) {
        for (QAction* action : bar()->findChildren<QAction*>())
            if (action->text() == text) return action;
        return nullptr;
    }
    const runner::RunLog& shownLog() { return *gpu().moment().log; }
};

} // namespace orrery::testing
