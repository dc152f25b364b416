#include "widgets/parameters/parameter_form.h"

#include "widgets/frame/paint.h"

#include <QAbstractButton>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace orrery {

namespace {

/// The name of a group of rows, which folds them away.
class GroupHeading final : public QAbstractButton, public Themed {
  public:
    GroupHeading(const QString& text, QWidget* parent) : QAbstractButton(parent) {
        setText(text);
        setAccessibleName(text);
        setCheckable(true);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    }
    void setTheme(const Theme& theme) override {
        m_theme = theme;
        updateGeometry();
        update();
    }
    [[nodiscard]] QSize sizeHint() const override { return {m_theme.px(120), m_theme.px(34)}; }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QColor ink = underMouse() || hasFocus() ? m_theme.ink : m_theme.inkSecond;
        const QRectF line = QRectF(rect()).adjusted(0, m_theme.px(8), 0, 0);
        drawElided(painter, line, Qt::AlignLeft | Qt::AlignVCenter, m_theme.words(12, QFont::DemiBold), ink,
                   text());
        const double side = m_theme.px(14);
        const QRectF arrow(line.right() - side, line.center().y() - side / 2, side, side);
        paintIcon(painter, arrow, isChecked() ? Icon::Chevron : Icon::ChevronRight, ink, m_theme);
    }
    void enterEvent(QEnterEvent*) override { update(); }
    void leaveEvent(QEvent*) override { update(); }
    void keyPressEvent(QKeyEvent* event) override {
        if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
            click();
        else
            event->ignore(); // Space is the transport's
    }

  private:
    Theme m_theme = Theme::light();
};

bool sameShape(const ParameterSpec& a, const ParameterSpec& b) {
    const auto sameOption = [](const ParameterOption& x, const ParameterOption& y) {
        return x.id == y.id && x.label == y.label;
    };
    return a.id == b.id && a.kind == b.kind && a.group == b.group && a.scale == b.scale &&
           a.onlyWhen == b.onlyWhen &&
           std::equal(a.options.begin(), a.options.end(), b.options.begin(), b.options.end(), sameOption);
}

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
    if (std::equal(specs.begin(), specs.end(), m_specs.begin(), m_specs.end(), sameShape)) {
        for (std::size_t i = 0; i < specs.size(); ++i)
            m_rows[i]->setSpec(specs[i]);
        m_specs = specs;
    } else {
        rebuild(specs);
    }
    refreshVisibility();
    Q_EMIT defaultsChanged(isAtDefaults());
}

void ParameterForm::rebuild(const std::vector<ParameterSpec>& specs) {
    for (ParameterRow* row : m_rows)
        delete row;
    for (auto& [heading, group] : m_headings)
        delete heading;
    m_rows.clear();
    m_headings.clear();
    m_moved.clear();
    m_refusals.clear();
    m_specs = specs;
    std::string group;
    for (const ParameterSpec& spec : specs) {
        if (spec.group != group) {
            group = spec.group;
            if (!group.empty()) addHeading(group);
        }
        ParameterRow* row = makeParameterRow(spec, this);
        row->setTheme(m_theme);
        m_layout->addWidget(row);
        m_rows.push_back(row);
        connect(row, &ParameterRow::valueChanged, this,
                [this, row](const ParameterValue&, bool dragging) { changed(*row, dragging); });
        connect(row, &ParameterRow::typed, this, [this, row](const ParameterValue& value) {
            Q_EMIT typed(QString::fromStdString(row->spec().id), value);
        });
    }
}

void ParameterForm::addHeading(const std::string& group) {
    auto* heading = new GroupHeading(QString::fromStdString(group), this);
    heading->setTheme(m_theme);
    heading->setChecked(!isFolded(group));
    m_layout->addWidget(heading);
    m_headings.emplace_back(heading, group);
    connect(heading, &QAbstractButton::toggled, this, [this, group](bool open) { setFolded(group, !open); });
}

void ParameterForm::setFolded(const std::string& group, bool folded) {
    if (folded == isFolded(group)) return;
    if (folded)
        m_open.erase(group);
    else
        m_open.insert(group);
    for (auto& [heading, name] : m_headings)
        if (name == group) static_cast<GroupHeading*>(heading)->setChecked(!folded);
    refreshVisibility();
}

ParameterValues ParameterForm::values() const {
    ParameterValues all;
    for (const ParameterRow* row : m_rows)
        all[row->spec().id] = row->value();
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
    for (const ParameterRow* row : moved)
        changed(*row, false);
}

bool ParameterForm::isAtDefaults() const {
    return std::all_of(m_rows.begin(), m_rows.end(), [](const ParameterRow* row) {
        return row->value() == row->spec().defaultValue && row->error().isEmpty();
    });
}

void ParameterForm::refuse(const QString& sentence) {
    const auto said = m_refusals.try_emplace(sentence, m_moved).first;
    ParameterRow* at = row(QString::fromStdString(said->second));
    if (!at || !at->isVisibleTo(this)) at = row(QString::fromStdString(m_moved));
    if (at) at->refuse(sentence);
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
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const ParameterRow* row) { return row->spec().id == wanted; });
    return found == m_rows.end() ? nullptr : *found;
}

void ParameterForm::changed(const ParameterRow& row, bool stillDragging) {
    refreshVisibility();
    m_moved = row.spec().id;
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
    for (ParameterRow* row : m_rows) {
        const std::string& group = row->spec().group;
        row->setVisible(isWanted(row->spec()) && (group.empty() || !isFolded(group)));
    }
    for (auto& [heading, group] : m_headings) {
        const bool any =
            std::any_of(m_rows.begin(), m_rows.end(), [&, name = group](const ParameterRow* row) {
                return row->spec().group == name && isWanted(row->spec());
            });
        heading->setVisible(any);
    }
}

void ParameterForm::setTheme(const Theme& theme) {
    m_theme = theme;
}

} // namespace orrery
