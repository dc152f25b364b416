#include "app/window/edits.h"

namespace orrery {

ParameterEdit::ParameterEdit(Workspace& workspace, ParameterValues after, std::string id, bool dragging)
    : m_workspace(workspace)
    , m_before(workspace.lab()->parameters())
    , m_after(std::move(after))
    , m_id(std::move(id))
    , m_dragging(dragging) {
    const auto specs = workspace.lab()->parameterSpecs();
    const ParameterSpec* spec = findSpec(specs, m_id);
    setText(spec ? QString::fromStdString(spec->label).toLower() : QStringLiteral("parameters"));
}

void ParameterEdit::undo() {
    apply(m_before);
}
void ParameterEdit::redo() {
    apply(m_after);
}

// What only steers the time stays as it is: undo is no seek.
void ParameterEdit::apply(ParameterValues values) {
    Lab* lab = m_workspace.lab();
    std::erase_if(values, [lab](const auto& value) { return lab->isTransient(value.first); });
    for (const auto& [id, value] : lab->parameters())
        if (lab->isTransient(id)) values[id] = value;
    lab->setParameters(values);
    Q_EMIT lab->parametersChanged();
}

bool ParameterEdit::mergeWith(const QUndoCommand* other) {
    const auto* next = dynamic_cast<const ParameterEdit*>(other);
    if (!next || !m_dragging || m_id.empty() || next->m_id != m_id) return false;
    m_after = next->m_after;
    m_dragging = next->m_dragging;
    setObsolete(m_after == m_before);
    return true;
}

DataEdit::DataEdit(Workspace& workspace, Workspace::OpenData before, Workspace::OpenData after)
    : QUndoCommand(QStringLiteral("data"))
    , m_workspace(workspace)
    , m_before(std::move(before))
    , m_after(std::move(after)) {}

PointEdit::PointEdit(Workspace& workspace, Workspace::OpenData before, Workspace::OpenData after,
                     bool dragging)
    : QUndoCommand(QStringLiteral("points"))
    , m_workspace(workspace)
    , m_before(std::move(before))
    , m_after(std::move(after))
    , m_dragging(dragging) {}

bool PointEdit::mergeWith(const QUndoCommand* other) {
    const auto* next = dynamic_cast<const PointEdit*>(other);
    if (!next || !m_dragging) return false;
    m_after = next->m_after;
    m_dragging = next->m_dragging;
    return true;
}

SeedEdit::SeedEdit(Workspace& workspace, quint64 before, quint64 after)
    : QUndoCommand(QStringLiteral("seed")), m_workspace(workspace), m_before(before), m_after(after) {}

void SeedEdit::undo() {
    m_workspace.lab()->setSeed(m_before);
    Q_EMIT m_workspace.seedChanged(m_before);
}

void SeedEdit::redo() {
    m_workspace.lab()->setSeed(m_after);
    Q_EMIT m_workspace.seedChanged(m_after);
}

} // namespace orrery
