// What the tests of the isotonic lab share: data, and a lab without a window.
#pragma once

#include "app/labs/isotonic/isotonic_lab.h"
#include "app/scenario/scenario.h"

#include <QSignalSpy>
#include <QTest>

namespace orrery {

using Dataset = std::shared_ptr<const data::Dataset>;

inline Dataset loaded(const DataSource& source) {
    Progress progress;
    auto dataset = loadData({source, {}}, progress);
    if (!dataset) qFatal("%s", dataset.error().message.c_str());
    return *dataset;
}
inline Dataset cells(const QString& csv) {
    return loaded(InlineSource{QStringLiteral("cells"), csv, {}});
}
inline Dataset cancer() {
    return loaded(BuiltinSource{QStringLiteral("breast_cancer")});
}

inline ParameterValues table(ParameterValues more = {}) {
    more["data"] = std::string("table");
    return more;
}

/// A lab with its run computed to the end.
struct Bench {
    IsotonicLab lab;
    QSignalSpy failures{&lab, &Lab::failed};

    explicit Bench(const Dataset& dataset, ParameterValues values = {}, std::int64_t index = 0) {
        const auto opened = lab.open(dataset, values, 7, {.runAhead = true, .index = index, .play = false});
        if (!opened) Q_EMIT lab.failed(QString::fromStdString(opened.error().message));
        lab.waitForViews();
    }
    TransportState transport() { return lab.session()->latest()->transport; }
    void post(const Command& command) {
        lab.session()->post(command);
        lab.waitForViews();
    }
    void toEnd() { post(command::RunToEnd{}); }
    template <class View>
    View* view() {
        for (const StageView& view : lab.stage())
            if (auto* found = qobject_cast<View*>(view.widget)) return found;
        return nullptr;
    }
};

struct FittedRow {
    double x, y, weight, fit;
    int block;
};
inline std::vector<FittedRow> rowsOf(const QString& csv) {
    std::vector<FittedRow> rows;
    for (const QString& line : csv.trimmed().split(u'\n').mid(1)) {
        const QStringList cell = line.split(u',');
        rows.push_back({cell[0].toDouble(), cell[1].toDouble(), cell[2].toDouble(), cell[3].toDouble(),
                        cell[4].toInt()});
    }
    return rows;
}

// From the isotonic articles: weights 3, 3, 3, 2.
inline constexpr const char* kWeighted = "x,y,w\n1,22.5,3\n2,23.333,3\n3,20.833,3\n4,24.25,2\n";

} // namespace orrery
