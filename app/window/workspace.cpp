#include "app/window/workspace.h"

#include "app/builtin_labs.h"
#include "app/window/edits.h"
#include "core/data/table_tools.h"

#include <QCoreApplication>

namespace orrery {

Workspace::Workspace(QObject* parent) : QObject(parent) {
    connect(&m_loader, &SideJob::busyChanged, this, &Workspace::loadingChanged);
    connect(&m_bridge, &SessionBridge::published, this,
            [this](const std::shared_ptr<const SnapshotBase>& snapshot) {
                if (m_lab) m_lab->show(snapshot);
            });
}

Workspace::~Workspace() {
    m_bridge.setSession(nullptr);
}

Lab* Workspace::labFor(const LabInfo& info) {
    std::unique_ptr<Lab>& lab = m_labs[info.id];
    if (!lab) {
        lab = info.make();
        connect(lab.get(), &Lab::failed, this, &Workspace::failed);
        connect(lab.get(), &Lab::dataEdited, this, &Workspace::editData);
        connect(lab.get(), &Lab::valuesEdited, this, &Workspace::editValues);
    }
    return lab.get();
}

Scenario Workspace::scenario() const {
    Scenario scenario;
    if (!m_lab) return scenario;
    const TransportState transport = m_bridge.state();
    scenario.title = m_title;
    scenario.lab = m_lab->info().id;
    scenario.data = m_data;
    scenario.parameters = m_lab->parameters();
    scenario.seed = m_lab->seed();
    scenario.frame = m_lab->frameOf(transport);
    scenario.stepsPerSecond = transport.stepsPerSecond;
    scenario.play = transport.playing;
    return scenario;
}

namespace {

/// Any thread. The sentence about other roles than the usual ones; empty where those will do.
QString adapt(const LabInfo& info, std::shared_ptr<const data::Dataset>& dataset, DataChoices& choices) {
    if (!choices.target.empty() || !info.proposeRoles) return {};
    auto other = std::make_shared<data::Dataset>(*dataset);
    other->roles = {{}, choices.features};
    const auto proposal = info.proposeRoles(*other);
    if (!proposal) return {};
    other->roles = proposal->roles;
    choices.target = proposal->roles.target;
    choices.features = proposal->roles.features;
    dataset = std::move(other);
    return proposal->sentence;
}

} // namespace

void Workspace::load(const LabInfo& info, const ScenarioData& source, Obtain obtain, Loaded loaded) {
    m_loader.submit(
        [this, info, source = ScenarioData(source), obtain = std::move(obtain),
         loaded = std::move(loaded)](Progress& progress, const SideJob::Deliver& deliver) mutable {
            auto dataset = obtain(progress);
            const QString remark = dataset ? adapt(info, *dataset, source.choices) : QString();
            if (dataset && info.usable)
                if (auto checked = info.usable(**dataset); !checked)
                    dataset = tl::unexpected(checked.error());
            deliver([this, dataset = std::move(dataset), source = std::move(source), loaded, remark] {
                if (dataset) {
                    loaded({source, *dataset});
                    if (!remark.isEmpty()) Q_EMIT remarked(remark);
                } else if (dataset.error().code != ErrorCode::Cancelled) {
                    Q_EMIT failed(QString::fromStdString(dataset.error().message));
                }
            });
        });
}

void Workspace::open(const Scenario& scenario) {
    const LabInfo* info = findLab(scenario.lab);
    if (!info) {
        Q_EMIT failed(QStringLiteral("No lab is called “%1”.").arg(scenario.lab));
        return;
    }
    load(
        *info, scenario.data, [data = scenario.data](Progress& progress) { return loadData(data, progress); },
        [this, scenario](const OpenData& data) {
            Scenario opened = scenario;
            opened.data = data.source;
            show(opened, data.dataset);
        });
}

void Workspace::show(const Scenario& scenario, std::shared_ptr<const data::Dataset> dataset) {
    Lab* lab = labFor(*findLab(scenario.lab));
    const auto values = validated(lab->parameterSpecsFor(*dataset), scenario.parameters);
    if (!values) {
        Q_EMIT failed(QString::fromStdString(values.error().message));
        return;
    }
    setLab(lab);
    const bool toEnd = scenario.frame == Scenario::kLastFrame;
    const SessionStart start{.runAhead = true,
                             .index = toEnd ? std::numeric_limits<std::int64_t>::max() / 8 : scenario.frame,
                             .play = scenario.play};
    if (auto opened = lab->open(std::move(dataset), *values, scenario.seed, start); !opened) {
        Q_EMIT failed(QString::fromStdString(opened.error().message));
        return;
    }
    m_bridge.post(command::SetSpeed{
        scenario.stepsPerSecond}); // after the run has begun: a session without one takes no command
    m_data = scenario.data;
    m_title = scenario.title;
    m_undo.clear();
    Q_EMIT labChanged();
    Q_EMIT seedChanged(scenario.seed);
    Q_EMIT scenarioOpened(scenario);
}

void Workspace::setLab(Lab* lab) {
    if (lab == m_lab) return;
    if (m_lab) m_bridge.post(command::Pause{});
    m_lab = lab;
    m_bridge.setSession(lab->session());
}

void Workspace::openData(const ScenarioData& data) {
    if (!m_lab) return;
    if (!m_lab->info().takesNoTable.isEmpty()) return useWithoutTable(data);
    load(
        m_lab->info(), data, [data](Progress& progress) { return loadData(data, progress); },
        [this](const OpenData& loaded) { takeData(loaded); });
}

void Workspace::useData(const ScenarioData& data, std::shared_ptr<const data::Dataset> dataset) {
    if (!m_lab) return;
    if (!m_lab->info().takesNoTable.isEmpty()) return useWithoutTable(data);
    load(
        m_lab->info(), data,
        [dataset](Progress&) { return Expected<std::shared_ptr<const data::Dataset>>(dataset); },
        [this](const OpenData& loaded) { takeData(loaded); });
}

// A file becomes parameters: an edit like any other.
void Workspace::useWithoutTable(const ScenarioData& data) {
    const LabInfo info = m_lab->info();
    const auto* file = std::get_if<FileSource>(&data.source);
    if (!file || !info.valuesForFile) {
        Q_EMIT failed(info.takesNoTable);
        return;
    }
    m_loader.submit([this, info, path = file->path](Progress&, const SideJob::Deliver& deliver) {
        deliver([this, id = info.id, values = info.valuesForFile(path)] {
            if (m_lab->info().id != id) return;
            if (!values) {
                Q_EMIT failed(QString::fromStdString(values.error().message));
                return;
            }
            Q_EMIT parametersTried();
            ParameterValues all = m_lab->parameters();
            for (const auto& [key, value] : *values)
                all[key] = value;
            m_undo.push(new ParameterEdit(*this, std::move(all), values->begin()->first, false));
        });
    });
}

void Workspace::takeData(OpenData data) {
    const OpenData before = openData();
    if (auto set = m_lab->setDataset(data.dataset);
        !set) { // asked first, so that no dead command is on the stack
        Q_EMIT failed(QString::fromStdString(set.error().message));
        return;
    }
    data.values = m_lab->parameters();
    m_undo.push(new DataEdit(*this, before, std::move(data)));
}

Workspace::OpenData Workspace::openData() const {
    return {m_data, m_lab->dataset(), m_lab->parameters()};
}

void Workspace::setData(const OpenData& data) {
    m_data = data.source;
    if (m_lab->dataset() != data.dataset) {
        (void)m_lab->setDataset(data.dataset); // it was accepted before
        const auto lasting = [this](ParameterValues values) {
            std::erase_if(values, [this](const auto& value) { return m_lab->isTransient(value.first); });
            return values;
        };
        if (lasting(m_lab->parameters()) != lasting(data.values)) m_lab->editData(data.dataset, data.values);
    }
    Q_EMIT labChanged();
}

void Workspace::editData(std::shared_ptr<const data::Dataset> dataset, const ParameterValues& values,
                         bool stillDragging) {
    if (sender() != m_lab) return;
    m_editClock.start();
    const data::Table& table = *dataset->table;
    const ScenarioData source{
        InlineSource{QString::fromStdString(table.name), QString::fromStdString(data::toCsv(table)), {}},
        {.target = dataset->roles.target}};
    m_undo.push(new PointEdit(*this, openData(), {source, std::move(dataset), values}, stillDragging));
}

void Workspace::setEditedData(const OpenData& data) {
    if (!m_editClock.isValid()) m_editClock.start();
    Q_EMIT editBegun(m_editClock);
    m_editClock.invalidate();
    m_data = data.source;
    m_lab->editData(data.dataset, data.values);
    Q_EMIT dataEdited();
}

void Workspace::editParameter(const QString& id, const ParameterValue& value, bool stillDragging) {
    if (!m_lab) return;
    Q_EMIT parametersTried();
    ParameterValues values = m_lab->parameters();
    values[id.toStdString()] = value;
    if (m_lab->isTransient(id.toStdString()))
        m_lab->setParameters(values);
    else
        m_undo.push(new ParameterEdit(*this, std::move(values), id.toStdString(), stillDragging));
}

void Workspace::editValues(const ParameterValues& values, const std::string& id) {
    if (sender() != m_lab) return;
    Q_EMIT parametersTried();
    m_undo.push(new ParameterEdit(*this, values, id, false));
}

void Workspace::resetParameters() {
    if (m_lab && !m_lab->parameters().empty()) m_undo.push(new ParameterEdit(*this, {}, {}, false));
}

void Workspace::editSeed(quint64 seed) {
    if (m_lab && seed != m_lab->seed()) m_undo.push(new SeedEdit(*this, m_lab->seed(), seed));
}

void Workspace::waitUntilShown() {
    m_loader.wait();
    if (!m_lab) return;
    m_lab->waitForViews();
}

} // namespace orrery
