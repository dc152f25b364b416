// The undoable edits of a workspace.
#pragma once

#include "app/window/workspace.h"

#include <QUndoCommand>

namespace orrery {

/// Parameters before and after. Steps of one drag of one slider merge.
class ParameterEdit final : public QUndoCommand {
  public:
    ParameterEdit(Workspace& workspace, ParameterValues after, std::string id, bool dragging);
    void undo() override;
    void redo() override;
    [[nodiscard]] int id() const override { return 1; }
    bool mergeWith(const QUndoCommand* other) override;

  private:
    void apply(ParameterValues values);

    Workspace& m_workspace;
    ParameterValues m_before, m_after;
    std::string m_id; ///< of the one parameter that differs; empty for several
    bool m_dragging;  ///< more of the same drag may follow
};

/// Both data sets stay in memory, so going back costs no reading.
class DataEdit final : public QUndoCommand {
  public:
    DataEdit(Workspace& workspace, Workspace::OpenData before, Workspace::OpenData after);
    void undo() override { m_workspace.setData(m_before); }
    void redo() override { m_workspace.setData(m_after); }

  private:
    Workspace& m_workspace;
    Workspace::OpenData m_before, m_after;
};

/// Points moved, added or taken away by hand. Steps of one drag merge.
class PointEdit final : public QUndoCommand {
  public:
    PointEdit(Workspace& workspace, Workspace::OpenData before, Workspace::OpenData after, bool dragging);
    void undo() override { m_workspace.setEditedData(m_before); }
    void redo() override { m_workspace.setEditedData(m_after); }
    [[nodiscard]] int id() const override { return 2; }
    bool mergeWith(const QUndoCommand* other) override;

  private:
    Workspace& m_workspace;
    Workspace::OpenData m_before, m_after;
    bool m_dragging; ///< more of the same drag may follow
};

class SeedEdit final : public QUndoCommand {
  public:
    SeedEdit(Workspace& workspace, quint64 before, quint64 after);
    void undo() override;
    void redo() override;

  private:
    Workspace& m_workspace;
    quint64 m_before, m_after;
};

} // namespace orrery
