#include "widgets/narration/why_panel.h"

#include "widgets/frame/paint.h"
#include "widgets/theme/contrast.h"

#include <QMouseEvent>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace orrery {

namespace {

constexpr double kLeading = 1.62; ///< line pitch of the sentences over their size
constexpr double kGap = 8;
constexpr double kPadding = 12;

/// Wraps a paragraph to `width` and, with a painter, draws it; returns its height.
double paragraph(QPainter* painter, const QString& text, const QFont& font, const QColor& ink, QPointF at, double width) {
    if (text.isEmpty()) return 0;
    const double pitch = std::round(font.pixelSize() * kLeading);
    QTextLayout layout(text, font);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    double y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1.0, width));
        line.setPosition({0, y + (pitch - line.height()) / 2});
        y += pitch;
    }
    layout.endLayout();
    if (painter) {
        painter->setPen(ink);
        layout.draw(painter, at);
    }
    return y;
}

} // namespace

WhyPanel::WhyPanel(QWidget* parent) : QWidget(parent) {
    setMouseTracking(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    setAccessibleName(tr("Why this step"));
}

QString WhyPanel::plainText() const {
    QString formula;
    for (const FormulaTerm& term : m_narration.formula) formula += term.text + term.subscript;
    QStringList parts{m_narration.sentence, formula, m_narration.afterword};
    parts.removeAll(QString());
    return parts.join(QLatin1Char(' '));
}

void WhyPanel::setNarration(const Narration& narration) {
    const double before = m_layout.height;
    m_narration = narration;
    m_layout = arranged(width());
    setAccessibleDescription(plainText());
    hover({});
    // The column moves only when it must: a panel that shrank keeps its height until it is laid out anew.
    if (m_layout.height != before) updateGeometry();
    update();
}

void WhyPanel::setTheme(const Theme& theme) {
    m_theme = theme;
    m_layout = arranged(width());
    updateGeometry();
    update();
}

QFont WhyPanel::termFont(const FormulaTerm& term) const {
    return m_theme.formula(15, term.isResult ? QFont::Bold : QFont::Normal);
}

QFont WhyPanel::subscriptFont(const FormulaTerm& term) const {
    QFont font = termFont(term);
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(font.pixelSize() * 0.72))));
    return font;
}

void WhyPanel::arrangeFormula(Layout& layout, double width, double top) const {
    const double padding = m_theme.px(kPadding), row = m_theme.px(26);
    const QFontMetricsF metrics(m_theme.formula(15));
    const auto baseline = [&](int line) {
        return top + m_theme.px(7) + row * line + (row + metrics.capHeight()) / 2;
    };
    double x = padding;
    int line = 0;
    for (const FormulaTerm& term : m_narration.formula) {
        const QFontMetricsF face(termFont(term)), small(subscriptFont(term));
        const double wide = face.horizontalAdvance(term.text) +
                            (term.subscript.isEmpty() ? 0.0 : small.horizontalAdvance(term.subscript) + 0.5);
        if (x > padding && x + wide > width - padding) {
            x = padding + m_theme.px(14); // what follows hangs a little
            ++line;
        }
        const double y = std::round(baseline(line));
        layout.terms.push_back({{x, y}, wide, QRectF(x, y - face.ascent(), wide, face.height())});
        x += wide;
    }
    layout.formula = QRectF(0, top, width, row * (line + 1) + m_theme.px(14));
}

WhyPanel::Layout WhyPanel::arranged(double width) const {
    Layout layout;
    const QFont font = m_theme.words(12.5);
    double y = paragraph(nullptr, m_narration.sentence, font, {}, {}, width);
    layout.sentence = QRectF(0, 0, width, y);
    const double gap = m_theme.px(kGap);
    if (!m_narration.formula.empty()) {
        arrangeFormula(layout, width, y + (y > 0 ? gap : 0));
        y = layout.formula.bottom();
    }
    if (!m_narration.afterword.isEmpty()) {
        const double top = y + (y > 0 ? gap : 0);
        layout.afterword = QRectF(0, top, width, paragraph(nullptr, m_narration.afterword, font, {}, {}, width));
        y = layout.afterword.bottom();
    }
    layout.height = std::ceil(y);
    return layout;
}

int WhyPanel::heightForWidth(int width) const { return std::max(m_theme.px(24), static_cast<int>(arranged(width).height)); }

QSize WhyPanel::sizeHint() const { return {m_theme.px(288), heightForWidth(width() > 50 ? width() : m_theme.px(288))}; }

QRectF WhyPanel::termRect(std::size_t term) const {
    return term < m_layout.terms.size() ? m_layout.terms[term].box : QRectF();
}

void WhyPanel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QFont font = m_theme.words(12.5);
    paragraph(&painter, m_narration.sentence, font, m_theme.inkSecond, m_layout.sentence.topLeft(), width());
    if (!m_narration.formula.empty()) {
        drawPanel(painter, m_layout.formula, m_theme.px(8), m_theme.brassSoft);
        const QColor result = readable(m_theme.brass, m_theme.brassSoft);
        for (std::size_t i = 0; i < m_layout.terms.size(); ++i) {
            const FormulaTerm& term = m_narration.formula[i];
            const Placed& place = m_layout.terms[i];
            if (!term.mark.isEmpty() && term.mark == m_hovered)
                drawPanel(painter, place.box.adjusted(-2, 0, 2, 0), 4, mixed(m_theme.brassSoft, m_theme.brass, 0.28));
            painter.setFont(termFont(term));
            painter.setPen(term.isResult ? result : m_theme.ink);
            painter.drawText(place.base, term.text);
            if (term.subscript.isEmpty()) continue;
            const double advance = QFontMetricsF(termFont(term)).horizontalAdvance(term.text) + 0.5;
            painter.setFont(subscriptFont(term));
            painter.drawText(place.base + QPointF(advance, termFont(term).pixelSize() * 0.2), term.subscript);
        }
    }
    paragraph(&painter, m_narration.afterword, font, m_theme.inkSecond, m_layout.afterword.topLeft(), width());
}

void WhyPanel::hover(const QString& mark) {
    if (mark == m_hovered) return;
    m_hovered = mark;
    setCursor(mark.isEmpty() ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
    Q_EMIT termHovered(mark);
}

void WhyPanel::mouseMoveEvent(QMouseEvent* event) {
    for (std::size_t i = 0; i < m_layout.terms.size(); ++i)
        if (m_layout.terms[i].box.contains(event->position())) return hover(m_narration.formula[i].mark);
    hover({});
}

void WhyPanel::leaveEvent(QEvent*) { hover({}); }

void WhyPanel::resizeEvent(QResizeEvent*) { m_layout = arranged(width()); }

} // namespace orrery
