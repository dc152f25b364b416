// The seed as a fact: shown, typed over when pressed, locked so that edits of data or parameters keep it.
#pragma once

#include "widgets/frame/buttons.h"
#include "widgets/frame/status_facts.h"

class QLineEdit;

namespace orrery {

class SeedField final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit SeedField(QWidget* parent = nullptr);

    void setSeed(quint64 seed);
    [[nodiscard]] quint64 seed() const { return m_seed; }
    void setLocked(bool locked);
    [[nodiscard]] bool isLocked() const;
    void startEditing();
    [[nodiscard]] QLineEdit* editor() const { return m_editor; }

    void setTheme(const Theme& theme) override;
    [[nodiscard]] QSize sizeHint() const override;

  Q_SIGNALS:
    void seedEdited(quint64 seed);
    void lockToggled(bool locked);

  protected:
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    void accept();
    void stopEditing();
    void colourEditor(bool valid);

    Theme m_theme = Theme::light();
    quint64 m_seed = 0;
    FactLabel* m_fact;
    QAction* m_lockAction;
    IconButton* m_lock;
    QLineEdit* m_editor;
};

} // namespace orrery
