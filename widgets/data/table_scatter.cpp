#include "widgets/data/table_scatter.h"

#include "widgets/data/table_text.h"
#include "widgets/frame/paint.h"
#include "widgets/plot/strokes.h"

#include <QPainter>
#include <cmath>

namespace orrery {

namespace {

/// A numeric column, dense or of the sparse block.
struct NumberColumn {
    std::string name;
    const std::vector<double>* dense = nullptr;
    Eigen::Index sparse = 0;

    [[nodiscard]] double at(const data::Table& table, std::size_t row) const {
        return dense ? (*dense)[row] : table.sparse->values.coeff(Eigen::Index(row), sparse);
    }
};

std::vector<NumberColumn> firstNumbers(const data::Table& table, const std::string& without,
                                       std::size_t most) {
    std::vector<NumberColumn> found;
    for (const data::Column& column : table.columns)
        if (found.size() < most && column.isNumeric() && column.name != without)
            found.push_back({column.name, &column.numeric().values});
    for (std::size_t i = 0; table.sparse && found.size() < most && i < table.sparse->names.size(); ++i)
        found.push_back({table.sparse->names[i], nullptr, Eigen::Index(i)});
    return found;
}

} // namespace

ScatterPicture scatterOf(const data::Table& table, const QString& target, std::size_t most) {
    const auto at = table.find(target.toStdString());
    if (!at || table.rows() == 0) return {};
    const data::Column& wanted = table.columns[*at];
    const bool byClass = !wanted.isNumeric();
    auto numbers = firstNumbers(table, wanted.name, byClass ? 2 : 1);
    if (!byClass) numbers.push_back({wanted.name, &wanted.numeric().values});
    if (numbers.size() < 2) return {};
    ScatterPicture picture;
    picture.xName = QString::fromStdString(numbers[0].name);
    picture.yName = QString::fromStdString(numbers[1].name);
    const std::size_t shown = std::min(most, table.rows());
    for (std::size_t i = 0; i < shown; ++i) {
        const std::size_t row = i * table.rows() / shown;
        const double x = numbers[0].at(table, row), y = numbers[1].at(table, row);
        if (!std::isfinite(x) || !std::isfinite(y)) continue;
        picture.points << QPointF(x, y);
        if (byClass) picture.classes.push_back(wanted.categorical().codes[row]);
    }
    if (byClass)
        for (const std::string& level : wanted.categorical().levels)
            picture.levels << QString::fromStdString(level);
    return picture;
}

TableScatter::TableScatter(QWidget* parent) : QWidget(parent) {
    setAccessibleName(QStringLiteral("Preview of the data"));
}

void TableScatter::setPicture(ScatterPicture picture) {
    m_picture = std::move(picture);
    m_extent = m_picture.points.boundingRect();
    // A constant still needs a span.
    if (m_extent.width() <= 0) m_extent.adjust(-0.5, 0, 0.5, 0);
    if (m_extent.height() <= 0) m_extent.adjust(0, -0.5, 0, 0.5);
    setAccessibleDescription(
        m_picture.points.isEmpty()
            ? QString()
            : QStringLiteral("%1 against %2, %3")
                  .arg(m_picture.yName, m_picture.xName,
                       counted(m_picture.points.size(), QStringLiteral("point"), QStringLiteral("points"))));
    update();
}

void TableScatter::setTheme(const Theme& theme) {
    m_theme = theme;
    update();
}

void TableScatter::paintEvent(QPaintEvent*) {
    if (m_picture.points.isEmpty()) return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool key = m_picture.levels.size() > 1 && m_picture.levels.size() <= 8;
    QRectF area =
        QRectF(rect()).adjusted(m_theme.px(52), m_theme.px(key ? 34 : 10), -m_theme.px(18), -m_theme.px(46));
    if (area.width() < 40 || area.height() < 40) return;
    // A circle in the plane stays a circle.
    if (isPlane()) {
        const double scale = std::min(area.width() / m_extent.width(), area.height() / m_extent.height());
        const QSizeF size(m_extent.width() * scale, m_extent.height() * scale);
        area = QRectF(area.left() + std::floor((area.width() - size.width()) / 2), area.top(), size.width(),
                      size.height());
    }
    paintAxes(painter, area);
    paintPoints(painter, area);
    if (key) paintKey(painter, area);
}

void TableScatter::paintAxes(QPainter& painter, const QRectF& area) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(m_theme.grid, m_theme.hairline()));
    for (int i = 0; i < 4; ++i) {
        const double y = std::round(area.top() + i * area.height() / 4);
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
    }
    painter.setPen(QPen(m_theme.inkThird, m_theme.hairline()));
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.restore();
    const auto number = [&](const QRectF& where, Qt::Alignment side, double value) {
        drawElided(painter, where, side, m_theme.axis(), m_theme.inkSecond, spokenNumber(value, 3));
    };
    const double h = m_theme.px(18);
    const QRectF below(area.left(), area.bottom() + m_theme.px(5), area.width(), h);
    number(below, Qt::AlignLeft | Qt::AlignVCenter, m_extent.left());
    number(below, Qt::AlignRight | Qt::AlignVCenter, m_extent.right());
    drawElided(painter, below.translated(0, m_theme.px(14)), Qt::AlignHCenter | Qt::AlignVCenter,
               m_theme.axis(), m_theme.inkSecond, m_picture.xName);
    const QRectF left(0, 0, area.left() - m_theme.px(8), h);
    number(left.translated(0, area.top() - h / 2), Qt::AlignRight | Qt::AlignVCenter, m_extent.bottom());
    number(left.translated(0, area.bottom() - h / 2), Qt::AlignRight | Qt::AlignVCenter, m_extent.top());
    painter.save();
    painter.translate(m_theme.px(18), area.center().y());
    painter.rotate(-90);
    drawElided(painter, QRectF(-area.height() / 2, -h / 2, area.height(), h), Qt::AlignCenter, m_theme.axis(),
               m_theme.inkSecond, m_picture.yName);
    painter.restore();
}

void TableScatter::paintPoints(QPainter& painter, const QRectF& area) const {
    const double radius =
        std::min(1.0, std::sqrt(400.0 / double(m_picture.points.size()))) * m_theme.markSize() * 0.85;
    const QRectF inner = area.adjusted(radius * 2, radius * 2, -radius * 2, -radius * 2);
    for (qsizetype i = 0; i < m_picture.points.size(); ++i) {
        const QPointF point = m_picture.points[i];
        const QPointF at(inner.left() + (point.x() - m_extent.left()) / m_extent.width() * inner.width(),
                         inner.bottom() - (point.y() - m_extent.top()) / m_extent.height() * inner.height());
        const CategoryStyle& style =
            m_theme.category(isPlane() ? std::max(0, m_picture.classes[std::size_t(i)]) : 0);
        drawMark(painter, at, style.shape, std::max(1.6, radius), style.color, m_theme.surface);
    }
}

void TableScatter::paintKey(QPainter& painter, const QRectF& area) const {
    double x = area.left();
    const double y = m_theme.px(14);
    for (int i = 0; i < m_picture.levels.size(); ++i) {
        const CategoryStyle& style = m_theme.category(i);
        drawMark(painter, {x + m_theme.px(5), y}, style.shape, m_theme.markSize() * 0.9, style.color,
                 m_theme.surface);
        x += m_theme.px(15);
        x += drawElided(painter, QRectF(x, 0, area.right() - x, 2 * y), Qt::AlignVCenter | Qt::AlignLeft,
                        m_theme.axis(), m_theme.inkSecond, m_picture.levels[i]);
        x += m_theme.px(18);
    }
}

} // namespace orrery
