#include "widgets/parameters/parameter_form.h"

#include "widgets/frame/paint.h"

#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace orrery {

namespace {

/// The name of a group of rows.
class GroupHeading final : public QWidget, public Themed {
  public:
    GroupHeading(QString text, QWidget* parent) : QWidget(parent), m_text(std::move(text)) {
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    void setTheme(const Theme& theme) override {
        m_theme = theme;
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(120), m_theme.px(38)}; }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const int above = m_theme.px(10);
        drawElided(painter, QRectF(rect()).adjusted(0, above, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   m_theme.words(12, QFont::DemiBold), m_theme.ink, m_text);
    }

  private:
    QString m_text;
    Theme m_theme = Theme::light();
};

} // namespace

ParameterForm::ParameterForm(const std::vector<ParameterSpec>& specs, QWidget* parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    setAccessibleName(tr("Parameters"));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    setSpecs(specs);
}

void ParameterForm::setSpecs(const std::vector<ParameterSpec>& specs) {
    for (ParameterRow* row : m_rows) delete row;
    for (auto& [heading, group] : m_headings) delete heading;
    m_rows.clear();
    m_headings.clear();
    m_specs = specs;
    std::string group;
    for (const ParameterSpec& spec : specs) {
        if (spec.group != group) {
            group = spec.group;
            auto* heading = new GroupHeading(QString::fromStdString(group), this);
            heading->setTheme(m_theme);
            m_layout->addWidget(heading);
            m_headings.emplace_back(heading, group);
        }
        ParameterRow* row = makeParameterRow(spec, this);
        row->setTheme(m_theme);
        m_layout->addWidget(row);
        m_rows.push_back(row);
        connect(row, &ParameterRow::valueChanged, this,
                [this, row](const ParameterValue&, bool dragging) { changed(*row, dragging); });
    }
    refreshVisibility();
    Q_EMIT defaultsChanged(isAtDefaults());
}

ParameterValues ParameterForm::values() const {
    ParameterValues all;
    for (const ParameterRow* row : m_rows) all[row->spec().id] = row->value();
    return all;
}

void ParameterForm::setValues(const ParameterValues& values) {
    for (ParameterRow* row : m_rows)
        if (const auto valid = validated(row->spec(), valueOf(values, row->spec()))) row->setValue(*valid);
    refreshVisibility();
    Q_EMIT defaultsChanged(isAtDefaults());
}

void ParameterForm::resetToDefaults() {
    std::vector<ParameterRow*> moved;
    for (ParameterRow* row : m_rows) {
        if (row->value() != row->spec().defaultValue) moved.push_back(row);
        row->setValue(row->spec().defaultValue);
    }
    for (const ParameterRow* row : moved) changed(*row, false);
}

bool ParameterForm::isAtDefaults() const {
    return std::all_of(m_rows.begin(), m_rows.end(), [](const ParameterRow* row) {
        return row->value() == row->spec().defaultValue && row->error().isEmpty();
    });
}

LinkButton* ParameterForm::makeResetLink() {
    auto* link = new LinkButton(tr("Reset"));
    link->setTheme(m_theme);
    link->setToolTip(tr("Every parameter back to its default"));
    link->setEnabled(!isAtDefaults());
    connect(link, &LinkButton::clicked, this, &ParameterForm::resetToDefaults);
    connect(this, &ParameterForm::defaultsChanged, link, [link](bool at) { link->setEnabled(!at); });
    return link;
}

ParameterRow* ParameterForm::row(const QString& id) const {
    const std::string wanted = id.toStdString();
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const ParameterRow* row) { return row->spec().id == wanted; });
    return found == m_rows.end() ? nullptr : *found;
}

void ParameterForm::changed(const ParameterRow& row, bool stillDragging) {
    refreshVisibility();
    Q_EMIT valueChanged(QString::fromStdString(row.spec().id), row.value(), stillDragging);
    Q_EMIT defaultsChanged(isAtDefaults());
}

bool ParameterForm::isWanted(const ParameterSpec& spec) const {
    if (!spec.onlyWhen) return true;
    const ParameterRow* other = row(QString::fromStdString(spec.onlyWhen->first));
    // Hidden with what it hangs on.
    if (!other || (other->spec().id != spec.id && !isWanted(other->spec()))) return false;
    const auto& wanted = spec.onlyWhen->second;
    return std::find(wanted.begin(), wanted.end(), toText(other->value())) != wanted.end();
}

void ParameterForm::refreshVisibility() {
    for (ParameterRow* row : m_rows) row->setVisible(isWanted(row->spec()));
    for (auto& [heading, group] : m_headings) {
        const bool any = std::any_of(m_rows.begin(), m_rows.end(), [&, name = group](const ParameterRow* row) {
            return row->spec().group == name && isWanted(row->spec());
        });
        heading->setVisible(any);
    }
}

void ParameterForm::setTheme(const Theme& theme) { m_theme = theme; }

} // namespace orrery
