// The form of a solver's knobs, made from their specifications: nothing in it knows a lab.
#pragma once

#include "widgets/frame/buttons.h"
#include "widgets/parameters/parameter_row.h"

#include <QWidget>
#include <map>
#include <set>
#include <vector>

class QVBoxLayout;

namespace orrery {

class ParameterForm final : public QWidget, public Themed {
    Q_OBJECT
  public:
    explicit ParameterForm(const std::vector<ParameterSpec>& specs = {}, QWidget* parent = nullptr);

    /// Rows stay where only ranges, defaults or wording differ, so that a slider may be held meanwhile.
    void setSpecs(const std::vector<ParameterSpec>& specs);
    /// A named group can be folded to its heading; at first it is.
    void setFolded(const std::string& group, bool folded);
    [[nodiscard]] bool isFolded(const std::string& group) const { return !m_open.contains(group); }
    [[nodiscard]] const std::vector<ParameterSpec>& specs() const { return m_specs; }
    /// All of them, the defaults as well.
    [[nodiscard]] ParameterValues values() const;
    /// Without valueChanged(). What is absent goes to its default; what does not fit its spec is left out.
    void setValues(const ParameterValues& values);
    /// Emits valueChanged() for each value that moves.
    void resetToDefaults();
    [[nodiscard]] bool isAtDefaults() const;
    /// The values were taken, and what was made of them was refused: says so below the row that was moved
    /// last, or again where it was said before.
    void refuse(const QString& sentence);

    /// "Reset", for the heading's corner: enabled while something differs from its default. The caller owns
    /// it.
    [[nodiscard]] LinkButton* makeResetLink();
    [[nodiscard]] ParameterRow* row(const QString& id) const;

    void setTheme(const Theme& theme) override;

  Q_SIGNALS:
    /// By hand. `stillDragging`: the slider is held; cheap answers only.
    void valueChanged(const QString& id, const orrery::ParameterValue& value, bool stillDragging);
    /// A number was typed, by hand; after its valueChanged().
    void typed(const QString& id, const orrery::ParameterValue& value);
    void defaultsChanged(bool atDefaults);

  private:
    void rebuild(const std::vector<ParameterSpec>& specs);
    void addHeading(const std::string& group);
    void changed(const ParameterRow& row, bool stillDragging);
    void refreshVisibility();
    [[nodiscard]] bool isWanted(const ParameterSpec& spec) const;

    Theme m_theme = Theme::light();
    std::vector<ParameterSpec> m_specs;
    std::vector<ParameterRow*> m_rows;                        ///< in the order of m_specs
    std::vector<std::pair<QWidget*, std::string>> m_headings; ///< with the name of their group
    std::string m_moved;                                      ///< the row that was moved last, by hand
    std::map<QString, std::string> m_refusals;                ///< where a sentence was said
    std::set<std::string> m_open;                             ///< groups that are not folded
    QVBoxLayout* m_layout;
};

} // namespace orrery
