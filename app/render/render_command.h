// `orrery render SCENARIO -o picture.png|svg|pdf [--size WxH] [--scale S] [--theme T] [--frame N] [--view
// ID]`: the picture equals the screen, because it is the window, painted without a display.
#pragma once

#include <QStringList>

namespace orrery {

/// Settings that Qt reads before an application object exists (platform, pixel ratio). `arguments` begin
/// after the program's name.
void prepareRenderEnvironment(const QStringList& arguments);

/// Exit code: 0; 2 on bad input, with one line on standard error and nothing written.
int runRender(const QStringList& arguments);

} // namespace orrery
